namespace Jobs.Hosting;

/// <summary>The options after validation; nothing changes them any more.</summary>
internal sealed class JobsSettings
{
    public required WorkerOptions Worker { get; init; }

    public required IReadOnlyDictionary<string, QueueOptions> Queues { get; init; }

    public required IReadOnlyDictionary<string, JobOptions> Jobs { get; init; }

    public required JobLimits Limits { get; init; }

    public required JobLogOptions Logs { get; init; }

    public required SchedulingOptions Scheduling { get; init; }

    public required IReadOnlyList<Func<FailedAttempt, RetryDecision>> OnFailure { get; init; }

    public required JobEventOptions Events { get; init; }

    public required IReadOnlyList<Type> Middleware { get; init; }

    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    public required bool IsClientOnly { get; init; }

    public QueueOptions? FindQueue(string name) => Queues.TryGetValue(name, out var queue) ? queue : null;
}
