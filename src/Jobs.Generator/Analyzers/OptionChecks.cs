namespace Jobs.Generator.Analyzers;

/// <summary>Which option is bounded how; one table for attributes and options, which the run time's own checks stand behind.</summary>
internal static class OptionChecks
{
    private const string Attribute = "JobAttribute";
    private const string Enqueue = "EnqueueOptions";
    private const string Queue = "QueueOptions";
    private const string Job = "JobOptions";
    private const string Worker = "WorkerOptions";

    /// <summary>What is wrong with a number; null when nothing is, or the option takes any.</summary>
    public static string? CheckNumber(string type, string option, double value) => (type, option) switch
    {
        (Attribute or Enqueue or Queue, "MaxAttempts") => JobOptionRules.CheckAttempts((int)value),
        (Attribute or Enqueue, "Jitter") => JobOptionRules.CheckJitter(value),
        (Attribute or Queue, "MaxConcurrency" or "GlobalConcurrency" or "KeyConcurrency") => JobOptionRules.CheckConcurrency((int)value),
        (Attribute or Job, "RetainCompletedCount" or "RetainFailedCount") => JobOptionRules.CheckRetainedCount((int)value),
        (Worker, "Concurrency") => JobOptionRules.CheckWorkerConcurrency((int)value),
        ("ScheduleOptions" or "ScheduleEdit", "MaxRuns") => JobOptionRules.CheckConcurrency((int)value),
        ("ScheduleOptions", "MaxCatchUp") => JobOptionRules.CheckCatchUp((int)value),
        ("JobFilter", "Limit") => JobOptionRules.CheckPage((int)value),
        _ => null,
    };

    /// <summary>What is wrong with a span of time; null when nothing is.</summary>
    public static string? CheckSpan(string type, string option, TimeSpan value) => (type, option) switch
    {
        (Attribute or Enqueue or Queue, "Timeout" or "ProgressTimeout") => JobOptionRules.CheckTimeout(value),
        (Enqueue, "IdempotencyWindow") => value == TimeSpan.Zero ? "it must be more than zero" : JobOptionRules.CheckDuration(value),
        (Attribute or Enqueue, _) => JobOptionRules.CheckDuration(value),
        (Worker, "LeaseDuration") => JobOptionRules.CheckLease(value),
        (Worker, "PollInterval") => JobOptionRules.CheckPoll(value),
        (Worker, "ShutdownGrace") => JobOptionRules.CheckGrace(value),
        _ => null,
    };

    /// <summary>How long a text may be; null when the option is no key or the like.</summary>
    public static int? MaxTextLength(string type, string option) => (type, option) switch
    {
        (Enqueue, "IdempotencyKey" or "ConcurrencyKey" or "OrderingKey" or "FairnessKey" or "Submitter") => JobOptionRules.MaxKeyLength,
        _ => null,
    };
}
