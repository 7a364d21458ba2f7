using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Cancels: a waiting job at once, a running one by a flag that its worker hears of.</summary>
internal sealed class JobCanceller(WriteSession session)
{
    public CancelOutcome Cancel(JobId id)
    {
        if (session.Keys.Resolve(id) is not { } job)
            return CancelOutcome.NotFound;

        if (RunsOfWaiting("cancel-ready", job) is { } ready)
            return End(id, job, ready);

        if (RunsOfWaiting("cancel-scheduled", job) is { } scheduled)
            return End(id, job, scheduled);

        var flag = session.Statements["cancel-lease"].Bind(1, job).Bind(2, session.Now);
        flag.Run();
        if (flag.Changes == 0)
            return CancelOutcome.AlreadyEnded;

        session.Signals.CancelRequested.Add(id);
        return CancelOutcome.Requested;
    }

    private int? RunsOfWaiting(string statement, long job)
    {
        var delete = session.Statements[statement].Bind(1, job);
        if (!delete.Step())
            return null;

        var runs = delete.Int32(0);
        delete.Run();
        return runs;
    }

    private CancelOutcome End(JobId id, long job, int runs)
    {
        session.Signals.Ended.Add(id);
        session.Places.End(job, new JobEnd { Status = EndStatus.Cancelled, Runs = runs, Policy = ReadPolicy(job), CancelAt = session.Now });
        return CancelOutcome.Cancelled;
    }

    private string ReadPolicy(long job)
    {
        var read = session.Statements["read-policy"].Bind(1, job);
        if (!read.Step())
            return "";

        var policy = read.Text(0);
        read.Reset();
        return policy;
    }
}
