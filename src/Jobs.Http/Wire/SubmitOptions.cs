namespace Jobs.Http.Wire;

/// <summary><see cref="EnqueueOptions"/> as they travel: all but the transaction, which stays in its process.</summary>
internal sealed record SubmitOptions
{
    public JobDuration? Delay { get; init; }

    public DateTimeOffset? RunAt { get; init; }

    public string? Queue { get; init; }

    public int? Priority { get; init; }

    public int? MaxAttempts { get; init; }

    public BackoffKind? Backoff { get; init; }

    public JobDuration? BackoffDelay { get; init; }

    public JobDuration? MaxBackoffDelay { get; init; }

    public double? Jitter { get; init; }

    public JobDuration? Timeout { get; init; }

    public JobId? Id { get; init; }

    public string? IdempotencyKey { get; init; }

    public bool? IdempotentByInput { get; init; }

    public JobDuration? IdempotencyWindow { get; init; }

    public OnDuplicate? OnDuplicate { get; init; }

    public string? ConcurrencyKey { get; init; }

    public string? OrderingKey { get; init; }

    public string? FairnessKey { get; init; }

    public bool? Lifo { get; init; }

    public IReadOnlyList<JobId>? DependsOn { get; init; }

    public IReadOnlyList<string>? DependsOnTags { get; init; }

    public string? Submitter { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public JobDuration? RetainCompleted { get; init; }

    public JobDuration? RetainFailed { get; init; }

    public Uri? OnCompleted { get; init; }

    public Uri? OnFailed { get; init; }

    public EnqueueOptions ToOptions() => new()
    {
        Delay = Delay,
        RunAt = RunAt,
        Queue = Queue,
        Priority = Priority,
        MaxAttempts = MaxAttempts,
        Backoff = Backoff,
        BackoffDelay = BackoffDelay,
        MaxBackoffDelay = MaxBackoffDelay,
        Jitter = Jitter,
        Timeout = Timeout,
        Id = Id,
        IdempotencyKey = IdempotencyKey,
        IdempotentByInput = IdempotentByInput ?? false,
        IdempotencyWindow = IdempotencyWindow,
        OnDuplicate = OnDuplicate ?? default,
        ConcurrencyKey = ConcurrencyKey,
        OrderingKey = OrderingKey,
        FairnessKey = FairnessKey,
        Lifo = Lifo ?? false,
        DependsOn = DependsOn,
        DependsOnTags = DependsOnTags,
        Submitter = Submitter,
        Tags = Tags,
        Metadata = Metadata,
        RetainCompleted = RetainCompleted,
        RetainFailed = RetainFailed,
        OnCompleted = OnCompleted,
        OnFailed = OnFailed,
    };

    public static SubmitOptions From(EnqueueOptions options) => new()
    {
        Delay = options.Delay,
        RunAt = options.RunAt,
        Queue = options.Queue,
        Priority = options.Priority,
        MaxAttempts = options.MaxAttempts,
        Backoff = options.Backoff,
        BackoffDelay = options.BackoffDelay,
        MaxBackoffDelay = options.MaxBackoffDelay,
        Jitter = options.Jitter,
        Timeout = options.Timeout,
        Id = options.Id,
        IdempotencyKey = options.IdempotencyKey,
        IdempotentByInput = options.IdempotentByInput ? true : null,
        IdempotencyWindow = options.IdempotencyWindow,
        OnDuplicate = options.OnDuplicate == default ? null : options.OnDuplicate,
        ConcurrencyKey = options.ConcurrencyKey,
        OrderingKey = options.OrderingKey,
        FairnessKey = options.FairnessKey,
        Lifo = options.Lifo ? true : null,
        DependsOn = options.DependsOn,
        DependsOnTags = options.DependsOnTags,
        Submitter = options.Submitter,
        Tags = options.Tags,
        Metadata = options.Metadata,
        RetainCompleted = options.RetainCompleted,
        RetainFailed = options.RetainFailed,
        OnCompleted = options.OnCompleted,
        OnFailed = options.OnFailed,
    };
}
