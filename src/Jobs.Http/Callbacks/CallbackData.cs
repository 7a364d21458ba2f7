using System.Text.Json;

namespace Jobs.Http.Callbacks;

/// <summary>How a job ended.</summary>
internal sealed record CallbackData
{
    public required JobId JobId { get; init; }

    public required string Name { get; init; }

    public required string Queue { get; init; }

    public required string Status { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    public string? FailureReason { get; init; }

    public string? Error { get; init; }

    public JsonElement? Result { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
