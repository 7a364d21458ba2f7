namespace Jobs.Sqlite;

/// <summary>
/// Due jobs that keys decide about, in streams: those of one lane with the same tenant and concurrency key. A stream is open while its
/// first job can be claimed, and a claim looks at open streams only, however many jobs the others have.
/// </summary>
internal sealed class GatedJobs(WriteSession session)
{
    /// <summary>Whether there is any due job of this kind.</summary>
    public bool Any
    {
        get
        {
            if (!session.HasGates)
                return false;

            var read = session.Statements["has-streams"];
            var any = read.Step() && read.Int64(0) != 0;
            read.Reset();
            return any;
        }
    }

    public void Add(long job, long lane, int priority, long dueAt, int runs, int takeovers, JobGates gates)
    {
        var stream = FindOrAddStream(lane, gates.FairnessKey ?? "", gates.ConcurrencyKey ?? "");
        session.Statements["insert-gated"]
            .Bind(1, stream)
            .Bind(2, -(long)priority)
            .Bind(3, gates.IsLifo ? -job : job)
            .Bind(4, job)
            .Bind(5, dueAt)
            .Bind(6, runs)
            .Bind(7, takeovers)
            .Bind(8, gates.KeyConcurrency)
            .Run();
        Relist(stream);
    }

    /// <summary>Takes a job out; null when it is not here.</summary>
    public PendingJob? Remove(long job)
    {
        if (!session.HasGates)
            return null;

        var delete = session.Statements["delete-gated"].Bind(1, job);
        if (!delete.Step())
            return null;

        var (pending, stream) = (new PendingJob(delete.Int64(0), delete.Int32(1), delete.Int32(2)), delete.Int64(3));
        delete.Run();
        Relist(stream);
        return pending;
    }

    /// <summary>What is held with a concurrency key has changed.</summary>
    public void OnHeldChanged(string gate)
    {
        if (gate.Length == 0)
            return;

        var streams = new List<long>();
        var read = session.Statements["read-streams-of-gate"].Bind(1, gate);
        while (read.Step())
            streams.Add(read.Int64(0));

        foreach (var stream in streams)
            Relist(stream);
    }

    public void CountTurn(long stream) => session.Statements["count-turn"].Bind(1, stream).Bind(2, ++session.LastTurn).Run();

    /// <summary>Holds a stream back for a while.</summary>
    public void Suspend(long stream, long until) => session.Statements["suspend-stream"].Bind(1, stream).Bind(2, until).Run();

    /// <summary>Opens the streams whose time has come.</summary>
    public void Wake()
    {
        var streams = new List<long>();
        var read = session.Statements["read-awake-streams"].Bind(1, session.Now);
        while (read.Step())
            streams.Add(read.Int64(0));

        foreach (var stream in streams)
        {
            session.Statements["wake-stream"].Bind(1, stream).Run();
            Relist(stream);
        }
    }

    /// <summary>When the next stream is to be woken.</summary>
    public long? NextAwake()
    {
        var read = session.Statements["next-awake"];
        read.Step();
        var next = read.NullableInt64(0);
        read.Reset();
        return next;
    }

    /// <summary>The numbers of the lanes that have streams.</summary>
    public List<long> ReadLanes()
    {
        var lanes = new List<long>();
        var read = session.Statements["read-stream-lanes"];
        while (read.Step())
            lanes.Add(read.Int64(0));

        return lanes;
    }

    /// <summary>The job of a lane to claim next: the first of those without a tenant, or of the tenant whose turn it is.</summary>
    public GatedJob? FindFirst(long lane)
    {
        var (free, turn) = (Read("read-first-free", lane), Read("read-first-turn", lane));
        return free is null || (turn is not null && turn.Order.CompareTo(free.Order) < 0) ? turn : free;
    }

    private GatedJob? Read(string statement, long lane)
    {
        var read = session.Statements[statement].Bind(1, lane);
        if (!read.Step())
            return null;

        var job = new GatedJob(read.Int64(0), read.Text(1), (read.Int64(2), read.Int64(3)), new ReadyJob(read.Int64(2), read.Int64(4), read.Int32(5), read.Int32(6)));
        read.Reset();
        return job;
    }

    private long FindOrAddStream(long lane, string tenant, string gate)
    {
        session.HasGates = true;
        var find = session.Statements["find-stream"].Bind(1, lane).Bind(2, tenant).Bind(3, gate);
        if (find.Step())
        {
            var found = find.Int64(0);
            find.Reset();
            return found;
        }

        var insert = session.Statements["insert-stream"].Bind(1, lane).Bind(2, tenant).Bind(3, gate).Bind(4, session.LastTurn);
        insert.Step();
        var stream = insert.Int64(0);
        insert.Run();
        return stream;
    }

    private void Relist(long stream)
    {
        session.Statements["relist-stream"].Bind(1, stream).Run();
        session.Statements["delete-empty-stream"].Bind(1, stream).Run();
    }
}
