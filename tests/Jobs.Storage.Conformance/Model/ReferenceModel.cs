using Xunit;

namespace Jobs.Storage.Conformance.Model;

/// <summary>The life of jobs in its simplest form: a list and a few rules. What a storage does is compared with it.</summary>
internal sealed class ReferenceModel
{
    private readonly Dictionary<JobId, ModelJob> _jobs = [];

    public int Hour { get; set; }

    public IReadOnlyCollection<ModelJob> Jobs => _jobs.Values;

    /// <summary>All ids that ever were, the removed ones included.</summary>
    public List<JobId> Ids { get; } = [];

    public ModelJob? FindByKey(string name, string key) =>
        _jobs.Values.SingleOrDefault(j => j.Record.Name == name && j.Record.Details?.IdempotencyKey == key);

    public ModelJob? Find(JobId id) => _jobs.GetValueOrDefault(id);

    public IEnumerable<ModelJob> HeldBy(string worker) => _jobs.Values.Where(j => j.Status == JobStatus.Running && j.Worker == worker);

    public void Insert(JobRecord record, InsertedJob answer)
    {
        if (record.Details?.IdempotencyKey is { } key && FindByKey(record.Name, key) is { } met)
        {
            Assert.Equal(new InsertedJob(met.Id, true), answer);
            return;
        }

        Assert.False(answer.WasDeduplicated);
        _jobs.Add(answer.Id, new ModelJob { Id = answer.Id, Record = record, DueAt = Hour + (int)record.Delay.TotalHours });
        Ids.Add(answer.Id);
    }

    /// <summary>Checks a claim against the rules, then takes it over.</summary>
    public void Claim(WorkExchange exchange)
    {
        bool IsEligible(ModelJob job) => job.Status == JobStatus.Pending && job.DueAt <= Hour && exchange.Names.Contains(job.Record.Name)
            && (exchange.Queues is null || exchange.Queues.Contains(job.Record.Queue));

        var claimed = exchange.Claimed.Select(c => _jobs[c.Id]).ToList();
        Assert.True(claimed.Count <= exchange.MaxJobs);
        Assert.Equal(claimed.Count, claimed.Distinct().Count());
        Assert.All(claimed, job => Assert.True(IsEligible(job), $"Job {job.Id} was not to be claimed."));
        Assert.Equal(claimed.OrderByDescending(j => j.Record.Priority), claimed);
        foreach (var (name, limit) in exchange.NameLimits)
            Assert.True(claimed.Count(j => j.Record.Name == name) <= limit);

        foreach (var (queue, limit) in exchange.QueueLimits)
            Assert.True(claimed.Count(j => j.Record.Queue == queue) <= limit);

        // Who was left behind had no room, or none that better jobs had left.
        foreach (var job in _jobs.Values.Where(j => IsEligible(j) && !claimed.Contains(j)))
        {
            var better = claimed.Where(c => c.Record.Priority >= job.Record.Priority).ToList();
            var hadNoRoom = better.Count >= exchange.MaxJobs
                || (exchange.NameLimits.TryGetValue(job.Record.Name, out var byName) && better.Count(b => b.Record.Name == job.Record.Name) >= byName)
                || (exchange.QueueLimits.TryGetValue(job.Record.Queue, out var byQueue) && better.Count(b => b.Record.Queue == job.Record.Queue) >= byQueue);
            Assert.True(hadNoRoom, $"Job {job.Id} was left behind.");
        }

        for (var i = 0; i < claimed.Count; i++)
        {
            var job = claimed[i];
            Assert.Equal(job.Attempts + 1, exchange.Claimed[i].Attempt);
            Assert.Equal(job.Record.Payload, exchange.Claimed[i].Record.Payload);
            job.Status = JobStatus.Running;
            job.Worker = exchange.WorkerId;
            job.Claim = exchange.Claimed[i];
            job.Runs++;
        }
    }

    public OutcomeDisposition Store(JobOutcome outcome)
    {
        if (Find(outcome.Id) is not { Status: JobStatus.Running } job || job.Claim.Lease != outcome.Lease)
            return OutcomeDisposition.Rejected;

        if (job.CancelRequested)
        {
            job.Attempts++;
            End(job, JobStatus.Cancelled, FailureReason.None);
            return OutcomeDisposition.Cancelled;
        }

        switch (outcome.Kind)
        {
            case JobOutcomeKind.Completed:
                job.Attempts++;
                End(job, JobStatus.Completed, FailureReason.None);
                break;
            case JobOutcomeKind.Failed:
                job.Attempts++;
                End(job, JobStatus.Failed, outcome.Reason);
                break;
            case JobOutcomeKind.Cancelled:
                job.Attempts++;
                End(job, JobStatus.Cancelled, FailureReason.None);
                break;
            case JobOutcomeKind.Waiting:
                var wait = job.Waits.GetValueOrDefault(outcome.Wait!);
                Requeue(job, wait is { Answer: null } && wait.DueAt > Hour ? wait.DueAt : Hour);
                job.Awaited = wait;
                break;
            default:
                if (outcome.Kind == JobOutcomeKind.Retry)
                {
                    job.Attempts++;
                    job.Reason = outcome.Reason;
                }

                Requeue(job, Hour + (int)outcome.Delay.TotalHours);
                break;
        }

        return OutcomeDisposition.Stored;
    }

    /// <summary>Whether the write is stored.</summary>
    public bool WriteStep(StepWrite step)
    {
        if (Find(step.Id) is not { Status: JobStatus.Running } job || job.Claim.Lease != step.Lease)
            return false;

        job.Waits.TryAdd(step.Name, new ModelWait { Token = new JobWaitToken(step.Id, step.Secret!.Value), DueAt = Hour + (int)step.Delay.TotalHours });
        return true;
    }

    public JobWaitCompletion CompleteWait(JobWaitToken token, byte[] answer)
    {
        if (Find(token.JobId) is not { } job || job.Waits.Values.SingleOrDefault(w => w.Token == token) is not { } wait)
            return JobWaitCompletion.NotFound;

        if (wait.Answer is { } known)
            return known.SequenceEqual(answer) ? JobWaitCompletion.Completed : JobWaitCompletion.AlreadyAnswered;

        if (job.HasEnded || wait.DueAt <= Hour)
            return JobWaitCompletion.TooLate;

        wait.Answer = answer;
        if (job.Status == JobStatus.Pending && job.Awaited == wait)
            job.DueAt = Hour;

        return JobWaitCompletion.Completed;
    }

    public CancelOutcome Cancel(JobId id)
    {
        if (Find(id) is not { } job)
            return CancelOutcome.NotFound;

        if (job.HasEnded)
            return CancelOutcome.AlreadyEnded;

        if (job.Status == JobStatus.Running)
        {
            job.CancelRequested = true;
            return CancelOutcome.Requested;
        }

        End(job, JobStatus.Cancelled, FailureReason.None);
        return CancelOutcome.Cancelled;
    }

    /// <summary>A worker gives back what it holds under other leases than these.</summary>
    public void GiveBack(string worker, IReadOnlyCollection<JobLease> known)
    {
        foreach (var job in HeldBy(worker).Where(j => !known.Contains(j.Claim.Lease)).ToList())
            GiveBack(job);
    }

    public (int Stalled, int Removed) Maintain(IReadOnlyCollection<string> dead, int maxTakeovers)
    {
        var stalled = 0;
        foreach (var job in dead.SelectMany(HeldBy).ToList())
        {
            if (!job.CancelRequested && job.Takeovers == maxTakeovers)
            {
                stalled++;
                End(job, JobStatus.Failed, FailureReason.Stalled);
                continue;
            }

            job.Takeovers++;
            GiveBack(job);
        }

        var expired = _jobs.Values.Where(j => j.HasEnded && j.EndedAt + j.Retention.TotalHours <= Hour).ToList();
        foreach (var job in expired)
            _jobs.Remove(job.Id);

        return (stalled, expired.Count);
    }

    private void GiveBack(ModelJob job)
    {
        if (job.CancelRequested)
            End(job, JobStatus.Cancelled, FailureReason.None);
        else
            Requeue(job, Hour);
    }

    private static void Requeue(ModelJob job, int dueAt)
    {
        job.Status = JobStatus.Pending;
        job.Awaited = null;
        job.DueAt = dueAt;
        job.Worker = null;
    }

    private void End(ModelJob job, JobStatus status, FailureReason reason)
    {
        job.Status = status;
        job.Reason = reason;
        job.EndedAt = Hour;
        job.Worker = null;
        if (job.Retention == TimeSpan.Zero)
            _jobs.Remove(job.Id);
    }
}
