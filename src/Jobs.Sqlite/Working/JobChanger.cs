using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>
/// What people do to jobs: retry, promote, edit, delete. Each begins with the statement that takes the job out of its place; who finds
/// nothing there changes nothing.
/// </summary>
internal sealed class JobChanger(WriteSession session)
{
    public ChangeOutcome Change(JobId id, JobAction action)
    {
        if (session.Keys.Resolve(id) is not { } job)
            return ChangeOutcome.NotFound;

        return Change(job, action) ? ChangeOutcome.Done : ChangeOutcome.WrongState;
    }

    /// <summary>Does it, or nothing when the job is in no state for it.</summary>
    public bool Change(long job, JobAction action) => action switch
    {
        JobAction.Cancel => session.Canceller.Cancel(session.Places.IdOf(job), job) is CancelOutcome.Cancelled or CancelOutcome.Requested,
        JobAction.Retry => RetryEnded(job) || RetryScheduled(job),
        JobAction.Promote => Promote(job, minRuns: 0, isRetry: false),
        JobAction.Delete => Delete(job),
        JobAction.Obliterate => TakeFromWorker(job) || Delete(job),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Not something that can be done to a job."),
    };

    /// <summary>Whether a job ended at least so long ago.</summary>
    public bool HasEndedFor(long job, TimeSpan age)
    {
        var read = session.Statements["ended-before"].Bind(1, job).Bind(2, session.Now - age.Ticks);
        var found = read.Step();
        read.Reset();
        return found;
    }

    public ChangeOutcome Edit(JobId id, JobChange change)
    {
        if (session.Keys.Resolve(id) is not { } job || session.Keys.FindName(id) != change.Name)
            return ChangeOutcome.NotFound;

        long? runAt = change.RunAt is { } time ? Math.Max(StorageTime.From(time), session.Now) : null;
        if (session.Links.Reschedule(job, runAt))
        {
            Write(job, change, runAt);
            return ChangeOutcome.Done;
        }

        if (session.Places.Withdraw(job) is not { } pending)
            return ChangeOutcome.WrongState;

        Write(job, change, runAt);
        session.Places.PutBack(job, runAt ?? pending.DueAt, pending.Runs, pending.Takeovers);
        return ChangeOutcome.Done;
    }

    private void Write(long job, JobChange change, long? runAt)
    {
        session.Statements["edit-job"]
            .Bind(1, job)
            .Bind(2, change.Payload)
            .Bind(3, runAt)
            .Bind(4, change.Priority)
            .Bind(5, change.Tags is null ? null : JsonColumns.Format(change.Tags))
            .Bind(6, change.Tags is null ? 0 : 1)
            .Run();
        session.Marks.NoteEdit(job, change);
        Intervene(job, retriedAt: null);
    }

    private bool RetryEnded(long job)
    {
        var end = session.Statements["reopen-ended"].Bind(1, job);
        if (!end.Step())
            return false;

        var hasFailed = (EndStatus)end.Int64(0) == EndStatus.Failed;
        var (endedAt, runs, cancelAt, reason, error) = (end.Int64(1), end.Int32(2), end.NullableInt64(3), end.NullableText(4), end.NullableText(5));
        end.Run();
        Intervene(job, session.Now);
        session.Statements["note-reopening"]
            .Bind(1, job)
            .Bind(2, runs)
            .Bind(3, hasFailed ? endedAt : null)
            .Bind(4, reason)
            .Bind(5, error)
            .Bind(6, cancelAt)
            .Run();
        session.Places.PutBack(job, session.Now, runs, takeovers: 0);
        return true;
    }

    /// <summary>Notes that somebody changed a job.</summary>
    public void Note(long job) => Intervene(job, retriedAt: null);

    private bool RetryScheduled(long job) => Promote(job, minRuns: 1, isRetry: true);

    private bool Promote(long job, int minRuns, bool isRetry)
    {
        var read = session.Statements["read-scheduled"].Bind(1, job);
        if (!read.Step())
            return false;

        var (dueAt, runs) = (read.Int64(0), read.Int32(1));
        read.Reset();

        // A job that waits for a time or an answer would come to the same wait again.
        if (dueAt <= session.Now || runs < minRuns || session.Steps.IsParked(job) || session.Places.Withdraw(job) is not { } pending)
            return false;

        Intervene(job, isRetry ? session.Now : null);
        session.Places.PutBack(job, session.Now, pending.Runs, isRetry ? 0 : pending.Takeovers);
        return true;
    }

    private bool Delete(long job)
    {
        if (session.Places.Withdraw(job) is null && !session.Places.HasEnded(job))
            return false;

        session.Places.SignalEnded(job);
        session.Places.Remove(job);
        return true;
    }

    /// <summary>Ends the lease of a running job without a trace: its worker's outcome finds nothing to write to.</summary>
    private bool TakeFromWorker(long job)
    {
        var read = session.Statements["read-lease"].Bind(1, job);
        if (!read.Step())
            return false;

        var (token, nonce) = (read.Int64(0), read.Int64(1));
        read.Reset();
        session.Leases.Drop(job, new JobLease(token, nonce));
        session.Places.SignalEnded(job);
        session.Places.Remove(job);
        return true;
    }

    private void Intervene(long job, long? retriedAt)
    {
        session.HasAnnexes = true;
        session.Statements["intervene"].Bind(1, job).Bind(2, session.Now).Bind(3, retriedAt).Run();
    }
}
