namespace Jobs.Storage.Conformance;

/// <summary>A worker as the storage sees it: heartbeats and exchanges, without handlers.</summary>
/// <param name="storage">The instance that it works on.</param>
/// <param name="id">Its id.</param>
/// <param name="names">The names that it knows.</param>
/// <param name="queues">The queues that it takes; null for all.</param>
/// <param name="lease">How long it may be silent.</param>
public sealed class TestWorker(IJobStorage storage, string id, IReadOnlyList<string> names, IReadOnlyList<string>? queues, TimeSpan lease)
{
    /// <summary>Its id.</summary>
    public string Id { get; } = id;

    /// <summary>The storage's answer to the last exchange: until the next job becomes due.</summary>
    public TimeSpan? NextDueIn { get; private set; }

    /// <summary>Reports that it is alive; false when it had been declared dead.</summary>
    public async Task<bool> HeartbeatAsync() =>
        await storage.HeartbeatAsync(new WorkerHeartbeat(Id, "host of " + Id, "1.0", lease, names, queues ?? []), CancellationToken.None);

    /// <summary>Claims up to so many jobs.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int maxJobs = 1, Action<WorkExchange>? configure = null) =>
        (await ExchangeAsync(maxJobs, [], configure)).Claimed;

    /// <summary>Claims one job, which must be there.</summary>
    public async Task<ClaimedJob> ClaimOneAsync() => Xunit.Assert.Single(await ClaimAsync());

    /// <summary>Stores one outcome and claims nothing.</summary>
    public async Task<OutcomeDisposition> EndAsync(JobOutcome outcome) =>
        Xunit.Assert.Single((await ExchangeAsync(0, [outcome])).Dispositions);

    /// <summary>Ends an attempt in the given way.</summary>
    public Task<OutcomeDisposition> EndAsync(ClaimedJob job, JobOutcomeKind kind, TimeSpan delay = default, string? error = null) =>
        EndAsync(Outcome(job, kind, delay, error));

    /// <summary>Completes a job.</summary>
    public Task<OutcomeDisposition> CompleteAsync(ClaimedJob job, byte[]? result = null) =>
        EndAsync(Outcome(job, JobOutcomeKind.Completed) with { Result = result });

    /// <summary>One exchange with outcomes and a claim.</summary>
    public async Task<WorkExchange> ExchangeAsync(int maxJobs, IEnumerable<JobOutcome> outcomes, Action<WorkExchange>? configure = null)
    {
        var exchange = new WorkExchange { WorkerId = Id, MaxJobs = maxJobs, Names = names, Queues = queues };
        exchange.Outcomes.AddRange(outcomes);
        configure?.Invoke(exchange);
        await storage.ExchangeAsync(exchange, CancellationToken.None);
        NextDueIn = exchange.NextDueIn;
        Xunit.Assert.Equal(exchange.Outcomes.Count, exchange.Dispositions.Count);
        return exchange;
    }

    /// <summary>An outcome under the job's own lease; failures get a plausible reason and error.</summary>
    public static JobOutcome Outcome(ClaimedJob job, JobOutcomeKind kind, TimeSpan delay = default, string? error = null)
    {
        var failed = kind is JobOutcomeKind.Retry or JobOutcomeKind.Failed;
        return new JobOutcome
        {
            Id = job.Id,
            Lease = job.Lease,
            Kind = kind,
            Delay = delay,
            Reason = failed ? FailureReason.HandlerError : FailureReason.None,
            Error = failed ? new JobError("System.InvalidOperationException", error ?? "It broke.", "at Handler") : null,
        };
    }
}
