using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Cancels: a waiting job at once, a running one by a flag that its worker hears of.</summary>
internal sealed class JobCanceller(WriteSession session)
{
    public CancelOutcome Cancel(JobId id) => session.Keys.Resolve(id) is { } job ? Cancel(id, job) : CancelOutcome.NotFound;

    public CancelOutcome Cancel(JobId id, long job)
    {
        if (CancelPending(id, job))
            return CancelOutcome.Cancelled;

        var flag = session.Statements["cancel-lease"].Bind(1, job).Bind(2, session.Now);
        flag.Run();
        if (flag.Changes == 0)
            return CancelOutcome.AlreadyEnded;

        session.Signals.CancelRequested.Add(id);
        return CancelOutcome.Requested;
    }

    /// <summary>Cancels a job that is neither running nor ended; false when it is.</summary>
    public bool CancelPending(JobId id, long job)
    {
        if (session.Places.Withdraw(job) is not { } pending)
            return false;

        session.Signals.Ended.Add(id);
        session.Places.End(job, new JobEnd { Status = EndStatus.Cancelled, Runs = pending.Runs, Policy = session.Places.ReadPolicy(job), CancelAt = session.Now });
        return true;
    }
}
