using SQLitePCL;

namespace Jobs.Sqlite;

/// <summary>
/// One connection's view of a writing transaction: its statements, its time, the counters, and what is to be signalled once it has
/// committed. The storage's writer keeps one; a transaction of the application gets its own, with the same SQL.
/// </summary>
internal sealed class WriteSession(sqlite3 connection, TimeProvider timeProvider) : IDisposable
{
    private readonly Dictionary<string, long> _stored = new(StringComparer.Ordinal);

    public StatementSet Statements { get; } = new(connection);

    public LaneDirectory Lanes => field ??= new LaneDirectory(Statements);

    public JobPlaces Places => field ??= new JobPlaces(this);

    public JobKeys Keys => field ??= new JobKeys(this);

    public DeadLetters DeadLetters => field ??= new DeadLetters(this);

    public Callbacks Callbacks => field ??= new Callbacks(this);

    public GatedJobs Gated => field ??= new GatedJobs(this);

    public JobLinks Links => field ??= new JobLinks(this);

    public JobInserter Inserter => field ??= new JobInserter(this);

    public BatchInserter Batches => field ??= new BatchInserter(this);

    public BlockMarks Marks => field ??= new BlockMarks(this);

    public JobClaimer Claimer => field ??= new JobClaimer(this);

    public OutcomeWriter Outcomes => field ??= new OutcomeWriter(this);

    public LeaseEnder Leases => field ??= new LeaseEnder(this);

    public JobCanceller Canceller => field ??= new JobCanceller(this);

    public LogAppender Logs => field ??= new LogAppender(this);

    public StepBook Steps => field ??= new StepBook(this);

    public PauseBook Pauses => field ??= new PauseBook(this);

    public JobChanger Changer => field ??= new JobChanger(this);

    public WorkerRoster Workers => field ??= new WorkerRoster(this);

    public Maintainer Maintainer => field ??= new Maintainer(this);

    /// <summary>The storage's clock, read when the transaction began.</summary>
    public long Now { get; private set; }

    /// <summary>What listeners hear after the commit.</summary>
    public CommitSignals Signals { get; } = new();

    /// <summary>The number of the last job.</summary>
    public long LastJob { get; set; }

    /// <summary>The token of the last claim.</summary>
    public long LastToken { get; set; }

    /// <summary>The number of the last turn that a tenant had.</summary>
    public long LastTurn { get; set; }

    /// <summary>Whether any job ever had a key or a dependency, beside which all others go on as if there were none.</summary>
    public bool HasGates { get; set; }

    /// <summary>From when on silence counts: the end of the last outage.</summary>
    public long GraceFrom { get; set; }

    /// <summary>Whether any job ever had something that few jobs have, which goes with its record.</summary>
    public bool HasAnnexes { get; set; }

    /// <summary>Whether anything is paused.</summary>
    public bool HasPauses { get; set; }

    /// <summary>Whether the connection is inside a transaction.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(connection) == 0;

    /// <summary>Reads the clock and the counters. The first call of each transaction.</summary>
    public void Start()
    {
        Now = StorageTime.From(timeProvider.GetUtcNow());
        Signals.Clear();
        var counters = Statements["read-counters"];
        while (counters.Step())
            _stored[counters.Text(0)] = counters.Int64(1);

        LastJob = _stored["last_job"];
        LastToken = _stored["last_token"];
        LastTurn = _stored["last_turn"];
        HasGates = _stored["has_gates"] != 0;
        GraceFrom = _stored["grace_from"];
        HasAnnexes = _stored["has_annexes"] != 0;
        HasPauses = _stored["has_pauses"] != 0;
    }

    /// <summary>Writes the counters that moved. The last call of each transaction.</summary>
    public void Finish()
    {
        Write("last_job", LastJob);
        Write("last_token", LastToken);
        Write("last_turn", LastTurn);
        Write("has_gates", HasGates ? 1 : 0);
        Write("grace_from", GraceFrom);
        Write("has_annexes", HasAnnexes ? 1 : 0);
        Write("has_pauses", HasPauses ? 1 : 0);
    }

    /// <summary>Forgets what a rollback may have undone.</summary>
    public void Forget()
    {
        Lanes.Clear();
        Marks.Forget();
    }

    public void Dispose() => Statements.Dispose();

    private void Write(string key, long value)
    {
        if (_stored[key] == value)
            return;

        Statements["write-counter"].Bind(1, key).Bind(2, value).Run();
        _stored[key] = value;
    }
}
