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

    /// <summary>An open transaction of the database that holds the jobs: the job becomes visible with its commit, and a rollback leaves nothing.</summary>
    public DbTransaction? Transaction { get; init; }
}
