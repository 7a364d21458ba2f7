using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Puts a job into the one place where it is: ready, scheduled or ended; or removes it.</summary>
internal sealed class JobPlaces(WriteSession session)
{
    /// <summary>How many scheduled jobs one transaction makes ready: some tens of milliseconds at most.</summary>
    private const int MaxPromoted = 10_000;

    private readonly PolicyTexts _policies = new();

    public PolicyTexts Policies => _policies;

    /// <summary>Ready when it is due, else scheduled: the one way to become pending.</summary>
    /// <param name="job">The job.</param>
    /// <param name="lane">Its lane.</param>
    /// <param name="priority">Its priority.</param>
    /// <param name="dueAt">When it is due.</param>
    /// <param name="runs">The runs that it counted.</param>
    /// <param name="takeovers">How often it was taken over.</param>
    /// <param name="gates">Its keys; null for a plain job. A job with keys may have to wait for others first.</param>
    public void Await(long job, long lane, int priority, long dueAt, int runs, int takeovers, JobGates? gates)
    {
        if (gates is not null && session.Links.FindBlockers(job, gates) is { } dependencies)
        {
            session.Links.Wait(job, dueAt, runs, takeovers, dependencies);
            return;
        }

        // A scheduled job is a signal too: listeners then ask when it is due.
        session.Signals.JobsReady = true;
        if (dueAt <= session.Now && gates is { IsGated: true })
        {
            session.Gated.Add(job, lane, priority, dueAt, runs, takeovers, gates);
            return;
        }

        if (dueAt <= session.Now)
        {
            session.Statements["insert-ready"].Bind(1, lane).Bind(2, -(long)priority).Bind(3, job).Bind(4, dueAt).Bind(5, runs).Bind(6, takeovers).Run();
            return;
        }

        session.Statements["insert-scheduled"].Bind(1, job).Bind(2, dueAt).Bind(3, runs).Bind(4, takeovers).Run();
    }

    /// <summary>Puts a job back that was held.</summary>
    public void PutBack(long job, long dueAt, int runs, int takeovers)
    {
        var place = session.Statements["read-place"].Bind(1, job);
        if (!place.Step())
            return;

        var (lane, priority, gates) = (place.Int64(0), place.Int32(1), JobGates.Read(place, 2));
        place.Reset();
        Await(job, lane, priority, dueAt, runs, takeovers, gates);
    }

    /// <summary>Takes a pending job out of its place, for good or to be put back; null when it is not pending.</summary>
    public PendingJob? Withdraw(long job) =>
        Withdraw("withdraw-ready", job) ?? Withdraw("withdraw-scheduled", job) ?? session.Gated.Remove(job) ?? session.Links.Remove(job);

    /// <summary>Whether a job is in this state; null is any.</summary>
    public bool IsIn(long job, JobStatus? status)
    {
        if (status is null)
            return true;

        var read = session.Statements["read-status"].Bind(1, job).Bind(2, session.Now);
        var found = read.Step() && !read.IsNull(0) ? (JobStatus)read.Int64(0) : JobStatus.Pending;
        read.Reset();
        return found == status;
    }

    /// <summary>Whether a job has ended, or has no record any more.</summary>
    public bool HasEnded(long job)
    {
        var read = session.Statements["is-ended"].Bind(1, job);
        var hasEnded = read.Step();
        read.Reset();
        return hasEnded;
    }

    /// <summary>Moves what has become due. False when there is more: the bound keeps one transaction short, the rest follows in the next one.</summary>
    public bool Promote()
    {
        var due = new List<(long Job, long DueAt, int Runs, int Takeovers, long Lane, int Priority, JobGates? Gates)>();
        var read = session.Statements["read-due"].Bind(1, session.Now).Bind(2, MaxPromoted);
        while (read.Step())
            due.Add((read.Int64(0), read.Int64(1), read.Int32(2), read.Int32(3), read.Int64(4), read.Int32(5), JobGates.Read(read, 6)));

        foreach (var job in due)
        {
            session.Statements["delete-scheduled"].Bind(1, job.Job).Run();
            Await(job.Job, job.Lane, job.Priority, job.DueAt, job.Runs, job.Takeovers, job.Gates);
        }

        return due.Count < MaxPromoted;
    }

    /// <summary>Ends a job, or removes it at once when its record is not to be kept.</summary>
    public void End(long job, in JobEnd end)
    {
        var policy = _policies.ParseOrDefault(end.Policy);
        if (end.Status == EndStatus.Failed && policy.DeadLetter is { } target)
            session.DeadLetters.Store(job, target, end);

        if (CallbackEnvelope.UrlOf(policy, end.Status == EndStatus.Completed) is { } url)
            session.Callbacks.Store(job, policy.Callback!, url, end);

        session.Links.OnEnded(job, end.Status == EndStatus.Completed);
        var keep = end.Status == EndStatus.Completed ? policy.RetainCompleted : policy.RetainFailed;
        keep = keep < end.KeepAtLeast ? end.KeepAtLeast : keep;
        if (keep <= TimeSpan.Zero)
        {
            Remove(job);
            return;
        }

        session.Statements["insert-ended"]
            .Bind(1, job)
            .Bind(2, (long)end.Status)
            .Bind(3, session.Now)
            .Bind(4, StorageTime.After(session.Now, keep))
            .Bind(5, end.Runs)
            .Bind(6, end.Fence?.Token)
            .Bind(7, end.Fence?.Nonce)
            .Bind(8, end.Run?.Worker)
            .Bind(9, end.Run?.StartedAt)
            .Bind(10, end.CancelAt)
            .Bind(11, ReasonText.Format(end.Reason))
            .Bind(12, end.Error)
            .Bind(13, end.Result)
            .Bind(14, end.Lane)
            .Run();
    }

    /// <summary>Tells listeners of a job whose id is not at hand; before <see cref="End"/>, which may remove it.</summary>
    public void SignalEnded(long job)
    {
        if (ReadId(job) is { } id)
            session.Signals.Ended.Add(id);
    }

    /// <summary>A job's id; null when there is no such job.</summary>
    public JobId? ReadId(long job)
    {
        var read = session.Statements["read-id"].Bind(1, job);
        if (!read.Step())
            return null;

        var id = IssuedId.Of(job, read.Int64(0), read.Blob(1));
        read.Reset();
        return id;
    }

    /// <summary>A job's policy as text; empty when there is no such job.</summary>
    public string ReadPolicy(long job)
    {
        var read = session.Statements["read-policy"].Bind(1, job);
        if (!read.Step())
            return "";

        var policy = read.Text(0);
        read.Reset();
        return policy;
    }

    /// <summary>The id of a job that exists.</summary>
    public JobId IdOf(long job) => ReadId(job) ?? throw new InvalidOperationException($"There is no job {job}.");

    /// <summary>Removes everything about a job that is in no other place any more; its keys are free again.</summary>
    public void Remove(long job)
    {
        session.Links.OnEnded(job, isCompleted: false);
        session.Keys.Free(job);
        session.Statements["delete-ended"].Bind(1, job).Run();
        session.Statements["delete-runs"].Bind(1, job).Run();
        session.Statements["delete-progress"].Bind(1, job).Run();
        session.Statements["delete-job"].Bind(1, job).Run();
        if (!session.HasAnnexes)
            return;

        session.Statements["delete-dead-letter"].Bind(1, job).Run();
        session.Statements["delete-log"].Bind(1, job).Run();
        session.Statements["delete-steps"].Bind(1, job).Run();
        session.Statements["delete-intervention"].Bind(1, job).Run();
    }

    private PendingJob? Withdraw(string statement, long job)
    {
        var delete = session.Statements[statement].Bind(1, job);
        if (!delete.Step())
            return null;

        var pending = new PendingJob(delete.Int64(0), delete.Int32(1), delete.Int32(2));
        delete.Run();
        return pending;
    }
}
