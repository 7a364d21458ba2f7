namespace Jobs.Sqlite;

/// <summary>Jobs that wait for others: for those that they depend on, and for those before them in the line of their ordering key.</summary>
internal sealed class JobLinks(WriteSession session)
{
    /// <summary>Jobs to fail with what they depend on: a list instead of a recursion, which a long chain would overflow.</summary>
    private readonly Queue<(long Job, JobId? Cause)> _doomed = new();
    private bool _isCascading;

    /// <summary>Links a new job to what it depends on. False when one of those has ended without completing.</summary>
    /// <exception cref="JobException">There is no such job.</exception>
    public bool Link(long job, IReadOnlyList<JobId> dependencies)
    {
        var isSound = true;
        foreach (var id in dependencies)
        {
            // Checked before the insert.
            var parent = session.Keys.Resolve(id) ?? throw new InvalidOperationException($"Job {id} vanished.");
            var read = session.Statements["read-outcome"].Bind(1, parent);
            var hasEnded = read.Step();
            var status = hasEnded ? (EndStatus)read.Int64(0) : default;
            read.Reset();
            if (!hasEnded)
            {
                session.HasGates = true;
                session.Statements["insert-dependency"].Bind(1, parent).Bind(2, job).Run();
            }
            else if (status != EndStatus.Completed)
            {
                isSound = false;
                _doomed.Enqueue((job, id));
            }
        }

        return isSound;
    }

    /// <summary>Puts a job at the end of its key's line, unless it is in it, and says for how many others it waits; null when for none.</summary>
    public int? FindBlockers(long job, JobGates gates)
    {
        if (gates.OrderingKey is { } key)
        {
            session.HasGates = true;
            session.Statements["join-line"].Bind(1, key).Bind(2, job).Run();
        }

        var dependencies = CountDependencies(job);
        return dependencies > 0 || (gates.OrderingKey is { } line && FirstOf(line) != job) ? dependencies : null;
    }

    public void Wait(long job, long dueAt, int runs, int takeovers, int dependencies) =>
        session.Statements["insert-waiting"].Bind(1, job).Bind(2, dueAt).Bind(3, runs).Bind(4, takeovers).Bind(5, dependencies).Run();

    /// <summary>Takes a waiting job out, to end or to be removed; null when it is not here.</summary>
    public PendingJob? Remove(long job) => session.HasGates ? Take(job) : null;

    /// <summary>Whether a job waits for others; if so, it is due at another time, when one is given.</summary>
    public bool Reschedule(long job, long? dueAt)
    {
        if (!session.HasGates)
            return false;

        var update = session.Statements["reschedule-waiting"].Bind(1, job).Bind(2, dueAt);
        update.Run();
        return update.Changes > 0;
    }

    /// <summary>After a job ended, or is about to be removed: whoever waits for it goes on, or fails with it.</summary>
    public void OnEnded(long job, bool isCompleted)
    {
        if (!session.HasGates)
            return;

        session.Statements["delete-dependencies-of-child"].Bind(1, job).Run();
        var dependants = new List<long>();
        var read = session.Statements["read-dependants"].Bind(1, job);
        while (read.Step())
            dependants.Add(read.Int64(0));

        if (dependants.Count > 0)
        {
            session.Statements["delete-dependants"].Bind(1, job).Run();
            var cause = isCompleted ? null : session.Places.ReadId(job);
            foreach (var dependant in dependants)
            {
                session.Statements["update-waiting"].Bind(1, dependant).Run();
                if (isCompleted)
                    TryRelease(dependant);
                else
                    _doomed.Enqueue((dependant, cause));
            }
        }

        var leave = session.Statements["leave-line"].Bind(1, job);
        if (leave.Step())
        {
            var key = leave.Text(0);
            leave.Run();
            if (FirstOf(key) is { } next)
                TryRelease(next);
        }

        FailDoomed();
    }

    public void FailDoomed()
    {
        if (_isCascading)
            return;

        _isCascading = true;
        try
        {
            while (_doomed.TryDequeue(out var next))
            {
                if (Take(next.Job) is not { } waiting)
                    continue;

                session.Places.SignalEnded(next.Job);
                session.Places.End(next.Job, new JobEnd
                {
                    Status = EndStatus.Failed,
                    Runs = waiting.Runs,
                    Policy = session.Places.ReadPolicy(next.Job),
                    Reason = FailureReason.DependencyFailed,
                    Error = next.Cause is { } cause ? $"Job {cause}, which it depends on, did not complete." : "A job that it depends on did not complete.",
                });
            }
        }
        finally
        {
            _isCascading = false;
            _doomed.Clear();
        }
    }

    private void TryRelease(long job)
    {
        if (CountDependencies(job) == 0 && Take(job) is { } waiting)
            session.Places.PutBack(job, Math.Max(waiting.DueAt, session.Now), waiting.Runs, waiting.Takeovers);
    }

    private int CountDependencies(long job)
    {
        var read = session.Statements["count-dependencies"].Bind(1, job);
        read.Step();
        var count = read.Int32(0);
        read.Reset();
        return count;
    }

    private PendingJob? Take(long job)
    {
        var delete = session.Statements["delete-waiting"].Bind(1, job);
        if (!delete.Step())
            return null;

        var waiting = new PendingJob(delete.Int64(0), delete.Int32(1), delete.Int32(2));
        delete.Run();
        return waiting;
    }

    private long? FirstOf(string key)
    {
        var read = session.Statements["first-in-line"].Bind(1, key);
        if (!read.Step())
            return null;

        var job = read.Int64(0);
        read.Reset();
        return job;
    }
}
