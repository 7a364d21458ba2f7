namespace Jobs.Storage;

/// <summary>What can be done to a job from outside.</summary>
public enum JobAction
{
    /// <summary>Cancel it: a waiting job at once, a running one by asking for it. Not one that has ended.</summary>
    Cancel,

    /// <summary>
    /// Run it again: a failed or cancelled job becomes pending and due, a pending one that waits for its next attempt becomes due.
    /// Takeovers are counted anew; attempts and history go on. It may always run once more, whatever its policy says.
    /// </summary>
    Retry,

    /// <summary>Make a pending job due that is due later.</summary>
    Promote,

    /// <summary>Remove its record, unless it runs.</summary>
    Delete,

    /// <summary>Remove its record, whatever it does: a running job is taken from its worker, whose outcome will be rejected.</summary>
    Obliterate,
}
