using System.Data.Common;

namespace Jobs;

/// <summary>What one call sets in place of the job's defaults. Everything is optional; what is null comes from the job.</summary>
public sealed record EnqueueOptions
{
    /// <summary>How long the job waits before it is due. Zero is now.</summary>
    public JobDuration? Delay { get; init; }

    /// <summary>When the job is due, by the storage's clock; the past is now. Wins over <see cref="Delay"/>.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>The queue: 1 to 100 letters, digits, '-', '_', '.', ':' or '/'.</summary>
    public string? Queue { get; init; }

    /// <summary>The priority: any integer, higher first.</summary>
    public int? Priority { get; init; }

    /// <summary>How often the job may run, the first run included: 1 to 1,000.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>How the delay grows from attempt to attempt.</summary>
    public BackoffKind? Backoff { get; init; }

    /// <summary>The delay before the first retry.</summary>
    public JobDuration? BackoffDelay { get; init; }

    /// <summary>The longest delay between two attempts.</summary>
    public JobDuration? MaxBackoffDelay { get; init; }

    /// <summary>The share of the delay that is random, from 0 to 1.</summary>
    public double? Jitter { get; init; }

    /// <summary>How long one attempt may run; more than zero.</summary>
    public JobDuration? Timeout { get; init; }

    /// <summary>The job's id, chosen by the caller. A second enqueue with the same id and job name meets the first.</summary>
    public JobId? Id { get; init; }

    /// <summary>Unique per job name while the record lives; a second enqueue with the same key meets the first. At most 200 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// The input itself is the <see cref="IdempotencyKey"/>: a second enqueue of this job with an equal input meets the first. Equal are inputs
    /// with the same JSON, in whatever order the members and the entries of a dictionary come. Not together with a key.
    /// </summary>
    public bool IdempotentByInput { get; init; }

    /// <summary>For how long <see cref="IdempotencyKey"/> counts from the enqueue on; afterwards the key is free for a new job, even while the record lives. Null: while the record lives.</summary>
    public JobDuration? IdempotencyWindow { get; init; }

    /// <summary>What an enqueue does that meets a job with its <see cref="IdempotencyKey"/>. Default: that job is kept.</summary>
    public OnDuplicate OnDuplicate { get; init; }

    /// <summary>
    /// Of the jobs with the same key, whatever their names and queues, at most <see cref="JobAttribute.KeyConcurrency"/> run at a
    /// time, across all machines. At most 200 characters.
    /// </summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>
    /// Jobs with the same key, whatever their names and queues, run one after the other in the order in which they were enqueued.
    /// A delay or a retry of one holds its successors; its end, however it ends, lets the next one go. At most 200 characters.
    /// </summary>
    public string? OrderingKey { get; init; }

    /// <summary>A tenant: within a queue, a job name and a priority, tenants take turns, however much each has waiting. At most 200 characters.</summary>
    public string? FairnessKey { get; init; }

    /// <summary>Last in, first out: the job goes before those of its queue, name and priority that are waiting.</summary>
    public bool Lifo { get; init; }

    /// <summary>
    /// Jobs that must complete first; until then the job is <see cref="JobStatus.Waiting"/>. When one of them fails or is cancelled, the
    /// job fails with <see cref="FailureReason.DependencyFailed"/>. At most 1,000; each must exist, which makes cycles impossible.
    /// </summary>
    public IReadOnlyList<JobId>? DependsOn { get; init; }

    /// <summary>
    /// Also depends on every job that has all of these tags and has not ended when this enqueue begins, as if <see cref="DependsOn"/> named
    /// them; jobs that get the tags later are not waited for. Which those are is looked up before the job is stored, so jobs of an open
    /// transaction are not among them: name those in <see cref="DependsOn"/>. At most 10,000 jobs.
    /// </summary>
    public IReadOnlyList<string>? DependsOnTags { get; init; }

    /// <summary>On whose behalf the job is enqueued. At most 200 characters.</summary>
    public string? Submitter { get; init; }

    /// <summary>Tags to find the job by: at most 32 of 1 to 100 characters each; duplicates are dropped.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Pairs that travel with the job: at most 64 with keys of 1 to 100 and values of at most 4,000 characters.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>How long the record is kept once completed; zero removes it at once.</summary>
    public JobDuration? RetainCompleted { get; init; }

    /// <summary>How long the record is kept once failed or cancelled; zero removes it at once.</summary>
    public JobDuration? RetainFailed { get; init; }

    /// <summary>
    /// Where a signed POST goes when the job has completed, at most 2,000 characters. It is a job of its own, stored in the step that
    /// ends this one, retried and visible. Needs <c>UseCallbacks</c> of the package Jobs.Http.
    /// </summary>
    public Uri? OnCompleted { get; init; }

    /// <summary>Where a signed POST goes when the job has failed for good or was cancelled; otherwise as <see cref="OnCompleted"/>.</summary>
    public Uri? OnFailed { get; init; }

    /// <summary>An open transaction of the database that holds the jobs: the job becomes visible with its commit, and a rollback leaves nothing.</summary>
    public DbTransaction? Transaction { get; init; }
}
