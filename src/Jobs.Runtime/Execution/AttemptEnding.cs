using Jobs.Storage;

namespace Jobs.Execution;

/// <summary>How <see cref="JobContext"/> ends an attempt from inside a handler: it unwinds the stack like any exception.</summary>
internal sealed class AttemptEnding(JobOutcomeKind kind, TimeSpan delay, string message) : Exception(message)
{
    public JobOutcomeKind Kind => kind;

    public TimeSpan Delay => delay;

    /// <summary>For <see cref="JobOutcomeKind.Waiting"/>: the name of the wait.</summary>
    public string? Wait { get; init; }
}
