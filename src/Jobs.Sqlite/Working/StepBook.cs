using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Steps and waits: what attempts leave for later ones, under their fences, and the answers from outside.</summary>
internal sealed class StepBook(WriteSession session)
{
    /// <summary>Stores a step; false when the lease no longer holds.</summary>
    public bool Write(in StepWrite step)
    {
        if (session.Keys.Resolve(step.Id) is not { } job || !Holds(job, step.Lease))
            return false;

        session.HasAnnexes = true;
        session.Statements["insert-step"]
            .Bind(1, job)
            .Bind(2, step.Name)
            .Bind(3, (long)step.Kind)
            .Bind(4, session.Now)
            .Bind(5, step.Kind == JobStepKind.Step ? null : StorageTime.After(session.Now, step.Delay))
            .Bind(6, step.Secret?.ToByteArray(bigEndian: true))
            .Bind(7, step.Value)
            .Run();
        return true;
    }

    /// <summary>When a job is due that came to a wait: at its end, or now.</summary>
    public long Await(long job, string? name)
    {
        if (name is null)
            return session.Now;

        var read = session.Statements["read-wait"].Bind(1, job).Bind(2, name).Bind(3, session.Now);
        if (!read.Step())
            return session.Now;

        var dueAt = read.Int64(0);
        read.Reset();
        session.Statements["mark-wait"].Bind(1, job).Bind(2, name).Run();
        return dueAt;
    }

    /// <summary>Whether a job waits for a time or an answer.</summary>
    public bool IsParked(long job)
    {
        var read = session.Statements["is-parked"].Bind(1, job).Bind(2, session.Now);
        var isParked = read.Step();
        read.Reset();
        return isParked;
    }

    public JobWaitCompletion Complete(JobWaitToken token, byte[] value)
    {
        if (session.Keys.Resolve(token.JobId) is not { } job)
            return JobWaitCompletion.NotFound;

        var read = session.Statements["find-token"].Bind(1, job).Bind(2, token.Secret.ToByteArray(bigEndian: true)).Bind(3, session.Now);
        if (!read.Step())
            return JobWaitCompletion.NotFound;

        var (step, dueAt, known, isAwaited) = (read.Int64(0), read.Int64(1), read.Blob(2), read.Int64(3) != 0);
        read.Reset();
        if (known is not null)
            return known.AsSpan().SequenceEqual(value) ? JobWaitCompletion.Completed : JobWaitCompletion.AlreadyAnswered;

        if (dueAt <= session.Now || session.Places.HasEnded(job))
            return JobWaitCompletion.TooLate;

        session.Statements["answer-wait"].Bind(1, step).Bind(2, value).Run();
        if (isAwaited && session.Places.Withdraw(job) is { } pending)
        {
            session.Changer.Note(job);
            session.Places.PutBack(job, session.Now, pending.Runs, pending.Takeovers);
        }

        return JobWaitCompletion.Completed;
    }

    private bool Holds(long job, JobLease lease)
    {
        var read = session.Statements["holds-lease"].Bind(1, job).Bind(2, lease.Token).Bind(3, lease.Nonce);
        var holds = read.Step();
        read.Reset();
        return holds;
    }
}
