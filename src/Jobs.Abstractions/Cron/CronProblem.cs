// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>Why a text is not a schedule, and where.</summary>
internal sealed class CronProblem
{
    public CronProblem(int position, string reason)
    {
        Position = position;
        Reason = reason;
    }

    /// <summary>The index into the text, from 0.</summary>
    public int Position { get; }

    /// <summary>A sentence without capital and full stop.</summary>
    public string Reason { get; }
}
