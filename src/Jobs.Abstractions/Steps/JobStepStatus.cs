namespace Jobs;

/// <summary>Where a step or a wait is.</summary>
public enum JobStepStatus
{
    /// <summary>Done: the step's result is stored, the time of the wait has come, or the answer is there.</summary>
    Completed,

    /// <summary>The time of the wait has not come, or there is no answer yet. The handler may not have come to wait for it yet.</summary>
    Open,

    /// <summary>No answer came in time. None is accepted any more.</summary>
    TimedOut,
}
