namespace Jobs.Storage;

/// <summary>How an attempt ended.</summary>
public enum JobOutcomeKind
{
    /// <summary>Well: the job is completed, with its result.</summary>
    Completed,

    /// <summary>Badly, with attempts left: the job is due again after the delay. The attempt counts.</summary>
    Retry,

    /// <summary>Badly, for good.</summary>
    Failed,

    /// <summary>By cancellation.</summary>
    Cancelled,

    /// <summary>By the handler's wish to go on later: due again after the delay. The attempt does not count.</summary>
    Snoozed,

    /// <summary>Given back by a worker that stops or cannot run it now: due again after the delay, usually zero. The attempt does not count.</summary>
    Released,

    /// <summary>By coming to a wait that is not over: due again when it is, see <see cref="JobOutcome.Wait"/>. The attempt does not count.</summary>
    Waiting,
}
