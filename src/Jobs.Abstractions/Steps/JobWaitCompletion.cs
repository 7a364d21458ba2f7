namespace Jobs;

/// <summary>What giving an answer to a waiting job came to.</summary>
public enum JobWaitCompletion
{
    /// <summary>There is no such token, or its job's record has been removed.</summary>
    NotFound,

    /// <summary>The answer is stored. Giving the same answer again says so again.</summary>
    Completed,

    /// <summary>Another answer was given before, and counts.</summary>
    AlreadyAnswered,

    /// <summary>The wait has timed out, or the job has ended. The answer was not stored.</summary>
    TooLate,
}
