using System.Data.Common;
using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>
/// Jobs in the memory of one process. One lock guards everything; nothing under it allocates beyond the jobs themselves on the
/// hot path (insert, claim, complete), calls out, or waits.
/// </summary>
internal sealed partial class InMemoryStorage : IJobStorage
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly int _maxFinished;
    private readonly JobTable _jobs = new();
    private readonly LaneSet _lanes = new();
    private readonly ScheduledHeap _scheduled = new();
    private readonly FinishedJobs _finished = new();
    private readonly Dictionary<(string Name, string Key), JobEntry> _keys = [];
    private readonly JobStorageListeners _signals = new();
    private readonly DueTimer _dueTimer;

    /// <summary>Whether a worker may be waiting for jobs: its last claim left it room. Only then is a signal worth anything.</summary>
    private bool _isHungry = true;

    public InMemoryStorage(TimeProvider time, InMemoryOptions options)
    {
        _time = time;
        _maxFinished = options.MaxFinished;
        _dueTimer = new DueTimer(time, OnDue);
    }

    public StorageCapabilities Capabilities { get; } = new()
    {
        Name = "in memory",

        // An exchange for each outcome would keep a core busy that the handlers could use.
        OutcomeLinger = TimeSpan.FromMilliseconds(1),
    };

    public ValueTask InitializeAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : ValueTask.CompletedTask;

    public IDisposable Subscribe(IJobStorageListener listener) => _signals.Subscribe(listener);

    public ValueTask<bool> CompleteInTransactionAsync(JobOutcome outcome, DbTransaction transaction, CancellationToken cancellationToken) =>
        ValueTask.FromException<bool>(NoTransactions());

    public ValueTask DisposeAsync()
    {
        _dueTimer.Dispose();
        return ValueTask.CompletedTask;
    }

    private static JobException NoTransactions() =>
        new(JobErrorCodes.NotSupported, "The in-memory storage has no database and takes no part in transactions. Leave Transaction out, or use UseSqlite or UsePostgreSql.");

    private long Now() => _time.GetUtcNow().UtcTicks;

    private void OnDue()
    {
        bool signal;
        lock (_gate)
        {
            var readied = Promote(Now());
            signal = TakeHunger(readied);
        }

        if (signal)
            _signals.JobsReady();
    }

    /// <summary>Whether to signal ready jobs: once per hunger, since whoever hears it claims and says so again if it stays hungry.</summary>
    private bool TakeHunger(bool readied)
    {
        readied |= _readiedLetters;
        _readiedLetters = false;
        if (!readied || !_isHungry)
            return false;

        _isHungry = false;
        return true;
    }

    /// <summary>Moves what is due to the lanes.</summary>
    private bool Promote(long now)
    {
        if (_scheduled.First is not { } first)
            return false;

        var readied = false;
        while (first is not null && first.At <= now)
        {
            _scheduled.Remove(first);
            MakeReady(first);
            readied = true;
            first = _scheduled.First;
        }

        if (first is not null)
            _dueTimer.EnsureArmed(first.At, now);

        return readied;
    }

    private void MakeReady(JobEntry entry)
    {
        entry.Place = EntryPlace.Ready;
        _lanes.Of(entry).Add(entry);
    }

    /// <summary>Makes a job pending; true when it is due at once.</summary>
    private bool Enqueue(JobEntry entry, long due, long now)
    {
        entry.At = due;
        if (entry.Details is { IsDependent: true } details)
        {
            if (details.OrderingKey is { } key)
                JoinLine(entry, key);

            if (entry.Extra?.Links is { IsBlocked: true })
            {
                entry.Place = EntryPlace.Waiting;
                _waiting.Add(entry);
                return false;
            }
        }

        if (due <= now)
        {
            MakeReady(entry);
            return true;
        }

        entry.Place = EntryPlace.Scheduled;
        _scheduled.Add(entry);
        if (ReferenceEquals(_scheduled.First, entry))
            _dueTimer.EnsureArmed(due, now);

        return false;
    }

    /// <summary>Takes a pending job out of its lane or the heap.</summary>
    private void Withdraw(JobEntry entry)
    {
        if (entry.Place == EntryPlace.Ready)
            _lanes.Of(entry).Remove(entry);
        else if (entry.Place == EntryPlace.Waiting)
            _waiting.Remove(entry);
        else
            _scheduled.Remove(entry);
    }

    /// <summary>Ends a job that is no longer in any list.</summary>
    private void End(JobEntry entry, EntryPlace place, long now)
    {
        if (place == EntryPlace.Failed && entry.Policy.DeadLetter is { } target)
            StoreDeadLetter(entry, target, now);

        if (CallbackEnvelope.UrlOf(entry.Policy, place == EntryPlace.Completed) is { } url)
            StoreCallback(entry, place, url, now);

        entry.At = now;
        entry.Place = place;
        Unlink(entry, place == EntryPlace.Completed, now);
        if (FinishedJobs.RetentionOf(entry) <= TimeSpan.Zero)
        {
            Forget(entry);
            return;
        }

        _finished.Add(entry);
        if (_finished.Count > _maxFinished)
            RemoveFinished(_finished.FindOldest()!);
    }

    private void RemoveFinished(JobEntry entry)
    {
        _finished.Remove(entry);
        Forget(entry);
    }

    private void Forget(JobEntry entry)
    {
        entry.Place = EntryPlace.Removed;
        Unlink(entry, isCompleted: false, Now());
        _jobs.Remove(entry);
        if (entry.Details?.IdempotencyKey is { } key && _keys.GetValueOrDefault((entry.Name, key)) == entry)
            _keys.Remove((entry.Name, key));
    }
}
