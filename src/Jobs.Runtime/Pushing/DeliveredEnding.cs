using Jobs.Storage;

namespace Jobs.Pushing;

/// <summary>How an attempt that ran elsewhere ended, when it did not complete. It unwinds the stack like any exception.</summary>
internal sealed class DeliveredEnding(JobOutcome outcome) : Exception(outcome.Error?.Message)
{
    public JobOutcome Outcome => outcome;

    public bool IsFailure => outcome.Kind is JobOutcomeKind.Failed or JobOutcomeKind.Retry;
}
