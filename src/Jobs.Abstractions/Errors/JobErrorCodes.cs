namespace Jobs;

/// <summary>The stable codes of <see cref="JobException"/>.</summary>
public static class JobErrorCodes
{
    /// <summary>The input breaks its rules.</summary>
    public const string Validation = "validation";

    /// <summary>There is no such job.</summary>
    public const string NotFound = "not-found";

    /// <summary>No job has this name.</summary>
    public const string UnknownName = "unknown-name";

    /// <summary>The job failed for good.</summary>
    public const string Failed = "failed";

    /// <summary>The job was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The id belongs to a job of another name.</summary>
    public const string Conflict = "conflict";

    /// <summary>This attempt no longer holds the job.</summary>
    public const string LeaseLost = "lease-lost";

    /// <summary>A schedule is wrong: its cron, its times, its id.</summary>
    public const string InvalidSchedule = "invalid-schedule";

    /// <summary>The machine has no such time zone.</summary>
    public const string UnknownTimeZone = "unknown-time-zone";

    /// <summary>An option of the call is out of range.</summary>
    public const string InvalidOption = "invalid-option";

    /// <summary>The input, serialized, is larger than allowed.</summary>
    public const string PayloadTooLarge = "payload-too-large";

    /// <summary>The result, serialized, is larger than allowed.</summary>
    public const string ResultTooLarge = "result-too-large";

    /// <summary>A step or wait has a wrong name, comes twice in one attempt, is one too many, or its value is too large.</summary>
    public const string InvalidStep = "invalid-step";

    /// <summary>A type has no serialization metadata that the job could use.</summary>
    public const string UnknownType = "unknown-type";

    /// <summary>The stored result of a step is not of the type that the handler expects.</summary>
    public const string UnreadableStep = "unreadable-step";

    /// <summary>The answer to a wait is not of the type that the handler expects.</summary>
    public const string UnreadableAnswer = "unreadable-answer";

    /// <summary>Nobody answered a wait in time.</summary>
    public const string WaitTimedOut = "wait-timed-out";

    /// <summary>The job is switched off.</summary>
    public const string Disabled = "disabled";

    /// <summary>Jobs run that would have to end first.</summary>
    public const string InUse = "in-use";

    /// <summary>The storage cannot do this.</summary>
    public const string NotSupported = "not-supported";

    /// <summary>The transaction is not one of the database that holds the jobs, or is no longer open.</summary>
    public const string ForeignTransaction = "foreign-transaction";

    /// <summary>The configuration is wrong.</summary>
    public const string Configuration = "configuration";

    /// <summary>The storage cannot be reached or used as it is.</summary>
    public const string Storage = "storage";
}
