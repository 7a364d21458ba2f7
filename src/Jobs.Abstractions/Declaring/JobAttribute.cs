using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>
/// Declares a job: on a class that implements one of the <see cref="IJobHandler"/> interfaces, or on an interface that
/// derives from one of the <see cref="IJobContract"/> interfaces when the handler lives in another assembly.
/// </summary>
/// <remarks>
/// Everything set here is the default of this job. The precedence is: the call's <see cref="EnqueueOptions"/>, then this
/// attribute, then the queue's options, then the product's defaults.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, Inherited = false)]
public sealed class JobAttribute : Attribute
{
    /// <summary>Declares a job whose stored name is the client property in kebab case.</summary>
    public JobAttribute()
    {
    }

    /// <summary>Declares a job with an explicit stored name.</summary>
    /// <param name="name">The stored name: 1 to 200 letters, digits, '-', '_', '.', ':' or '/'.</param>
    public JobAttribute(string name) => Name = name;

    /// <summary>The stored name. Default: the client property in kebab case (<c>JsonNamingPolicy.KebabCaseLower</c>).</summary>
    public string? Name { get; }

    /// <summary>The property on <c>JobClient</c>. Default: the class name without one suffix <c>Handler</c>, else <c>Job</c>; an interface also loses its leading <c>I</c>.</summary>
    public string? ClientName { get; set; }

    /// <summary>The contract interface that this class handles; the job's name and defaults come from it.</summary>
    public Type? Contract { get; set; }

    /// <summary>What the job does, for people who operate it.</summary>
    public string? Description { get; set; }

    /// <summary>Former stored names that may still be queued; this handler runs them too.</summary>
    public string[]? Aliases { get; set; }

    /// <summary>The queue. Default: <c>default</c>.</summary>
    public string? Queue { get; set; }

    /// <summary>The priority: any integer, higher first. Default: 0.</summary>
    public int Priority { get; set; }

    /// <summary>How often the job may run, the first run included: 1 to 1,000. Default: 3.</summary>
    public int MaxAttempts { get; set; }

    /// <summary>How the delay grows from attempt to attempt. Default: exponential.</summary>
    public BackoffKind Backoff { get; set; }

    /// <summary>The delay before the first retry, as a duration such as <c>"2s"</c>. Default: <c>"1s"</c>.</summary>
    public string? BackoffDelay { get; set; }

    /// <summary>The longest delay between two attempts, as a duration. Default: <c>"1h"</c>.</summary>
    public string? MaxBackoffDelay { get; set; }

    /// <summary>The share of the delay that is random, from 0 to 1. Default: 0.2.</summary>
    public double Jitter { get; set; }

    /// <summary>How long one attempt may run, as a duration. Default: no limit.</summary>
    public string? Timeout { get; set; }

    /// <summary>
    /// How long an attempt may go without <see cref="JobContext.ReportProgressAsync(double, string?, CancellationToken)"/>, as a duration;
    /// then it is cancelled and fails as <see cref="FailureReason.Timeout"/>, and may be retried. Default: no limit.
    /// </summary>
    public string? ProgressTimeout { get; set; }

    /// <summary>How many of this job one worker process runs at a time. Default: as many as the worker has slots.</summary>
    public int MaxConcurrency { get; set; }

    /// <summary>
    /// The job that gets a letter when this one fails for good: a class or contract with <c>[Job]</c> whose input is
    /// <see cref="DeadLetter{TInput}"/> of this job's input, or <see cref="DeadLetter"/>. Default: none.
    /// </summary>
    public Type? DeadLetterTo { get; set; }

    /// <summary>
    /// Types of results of steps and of answers to waits (<see cref="JobContext"/>) that are no part of an input or a result of a job
    /// in this assembly; the generator makes their serialization metadata too. Default: none.
    /// </summary>
    public Type[]? StepTypes { get; set; }

    /// <summary>How many of this job run at a time across all machines. Exact: what counts are the runs that hold a lease. Default: no limit.</summary>
    public int GlobalConcurrency { get; set; }

    /// <summary>How many jobs with the same <see cref="EnqueueOptions.ConcurrencyKey"/> run at a time across all machines. Default: 1.</summary>
    public int KeyConcurrency { get; set; }

    /// <summary>
    /// The lowest level that is kept of what the handler writes to <see cref="JobContext.Logger"/>; <see cref="LogLevel.None"/> keeps
    /// nothing. Default: <see cref="JobLogOptions.MinimumLevel"/>.
    /// </summary>
    public LogLevel LogLevel { get; set; }

    /// <summary>Runs the job on a schedule whose id is the job's name, without input or with one that can be made without arguments; see <see cref="CronExpression"/>. For several schedules, or with inputs, see <see cref="JobScheduleAttribute"/>.</summary>
    public string? Cron { get; set; }

    /// <summary>The IANA id of the zone whose clock counts for <see cref="Cron"/>, such as <c>Europe/Berlin</c>. Default: UTC.</summary>
    public string? TimeZone { get; set; }

    /// <summary>What the job's schedules do while the previous job is unfinished. Default: they skip.</summary>
    public OverlapPolicy Overlap { get; set; }

    /// <summary>How long a completed job's record is kept, as a duration; <c>"0s"</c> removes it at once. Default: <c>"1d"</c>.</summary>
    public string? RetainCompleted { get; set; }

    /// <summary>How long a failed or cancelled job's record is kept, as a duration. Default: <c>"14d"</c>.</summary>
    public string? RetainFailed { get; set; }

    /// <summary>
    /// How many completed records of this job are kept, those that ended last: at least 1. What is beyond leaves with the next
    /// maintenance, before its <see cref="RetainCompleted"/> is over. Counted by the stored name. Default: age alone decides.
    /// </summary>
    public int RetainCompletedCount { get; set; }

    /// <summary>The same for records of this job that failed or were cancelled, counted together; see <see cref="RetainFailed"/>. Default: age alone decides.</summary>
    public int RetainFailedCount { get; set; }

    /// <summary>Switches the job off: it is not accepted, and what is queued waits until it is on again.</summary>
    public bool Disabled { get; set; }

    /// <summary>A hand-written <c>JsonSerializerContext</c> for the input and the result, instead of the generated metadata; its own options apply.</summary>
    public Type? JsonContext { get; set; }
}
