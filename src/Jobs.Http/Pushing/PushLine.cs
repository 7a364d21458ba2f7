using System.Text.Json;

namespace Jobs.Http.Pushing;

/// <summary>A line of a streamed answer: what the handler tells on its way, and in the last line how it ended. One without members only shows that the receiver is alive.</summary>
internal sealed record PushLine
{
    public PushProgress? Progress { get; init; }

    public PushLog? Log { get; init; }

    /// <summary>By how much longer the attempt may take.</summary>
    public string? ExtendedBy { get; init; }

    /// <summary>Whether it completed.</summary>
    public bool? IsCompleted { get; init; }

    public JsonElement? Result { get; init; }

    public PushProblem? Problem { get; init; }
}
