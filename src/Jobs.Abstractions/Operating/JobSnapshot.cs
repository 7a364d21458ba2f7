using System.Text.Json;

namespace Jobs;

/// <summary>What a job looked like at one moment. All times are the storage's.</summary>
public record JobSnapshot
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The stored name.</summary>
    public required string Name { get; init; }

    /// <summary>The queue.</summary>
    public required string Queue { get; init; }

    /// <summary>Where the job is in its life.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Whether the job is pending and due later.</summary>
    public bool IsDelayed { get; init; }

    /// <summary>The priority, higher first.</summary>
    public int Priority { get; init; }

    /// <summary>The number of the current or last attempt; 0 before the first run.</summary>
    public int Attempt { get; init; }

    /// <summary>How many attempts the job has, the first included.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>When the job was stored.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the job last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the job was first due.</summary>
    public DateTimeOffset RunAt { get; init; }

    /// <summary>When the job is due next; null while it runs and once it has ended.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the current or last attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the job ended, however it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When an attempt last failed.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>When the job was last put back for another attempt.</summary>
    public DateTimeOffset? LastRetriedAt { get; init; }

    /// <summary>When cancelling was last asked for.</summary>
    public DateTimeOffset? LastCancelledAt { get; init; }

    /// <summary>When the worker that runs the job claimed it.</summary>
    public DateTimeOffset? LockedAt { get; init; }

    /// <summary>The worker that runs the job.</summary>
    public string? LockedBy { get; init; }

    /// <summary>How long one attempt may run.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The last reported progress, 0 to 100.</summary>
    public double? Progress { get; init; }

    /// <summary>The message of the last reported progress.</summary>
    public string? ProgressMessage { get; init; }

    /// <summary>The data of the last reported progress.</summary>
    public JsonElement? ProgressData { get; init; }

    /// <summary>How long the rest of the running attempt takes if it goes on as it did up to <see cref="LastProgressAt"/>; null while nothing can be said.</summary>
    public TimeSpan? EstimatedTimeLeft => this is { Status: JobStatus.Running, Progress: > 0 and var done, StartedAt: { } from, LastProgressAt: { } at } && at > from
        ? TimeSpan.FromTicks((long)((at - from).Ticks * (100 - done) / done))
        : null;

    /// <summary>When progress was last reported.</summary>
    public DateTimeOffset? LastProgressAt { get; init; }

    /// <summary>The message of the last error.</summary>
    public string? Error { get; init; }

    /// <summary>Why the job or its last attempt failed.</summary>
    public FailureReason FailureReason { get; init; }

    /// <summary>Why a job that is not running waits: for its time, for jobs that it depends on or that come before it, or for its key. Null when it only waits for a worker.</summary>
    public string? PendingReason { get; init; }

    /// <summary>The attempts so far, oldest first.</summary>
    public IReadOnlyList<JobAttempt> Attempts { get; init; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the caller sent along.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The idempotency key.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The concurrency key.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>The ordering key.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>On whose behalf the job was enqueued.</summary>
    public string? Submitter { get; init; }

    /// <summary>The schedule whose tick it is; null for a job that was enqueued by itself.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>The letter that was stored when this job failed for good; see <see cref="JobAttribute.DeadLetterTo"/>.</summary>
    public JobId? DeadLetterJobId { get; init; }

    /// <summary>When that letter was stored.</summary>
    public DateTimeOffset? DeadLetteredAt { get; init; }

    /// <summary>The W3C trace context of the enqueuing request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The input, when it was asked for.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>The result, when it was asked for and the job completed with one.</summary>
    public JsonElement? ResultJson { get; init; }

    /// <summary>This snapshot as a JSON document: camelCase names, enums as strings, what is null left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JobSnapshotJson.Default.JobSnapshot);
}
