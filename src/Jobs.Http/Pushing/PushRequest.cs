using System.Text.Json;

namespace Jobs.Http.Pushing;

/// <summary>An attempt on its way to the receiver.</summary>
internal sealed record PushRequest
{
    public required JobId JobId { get; init; }

    public required string Name { get; init; }

    public required string Queue { get; init; }

    public required int Attempt { get; init; }

    /// <summary>For receivers of other kinds; the policy says it too.</summary>
    public int MaxAttempts { get; init; }

    public int Priority { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>Timeouts and retries, as storages keep them.</summary>
    public string? Policy { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public string? Submitter { get; init; }

    /// <summary>The trace of the sender's span.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Absent for a job without input.</summary>
    public JsonElement? Input { get; init; }
}
