using Jobs.Execution;
using Jobs.Storage;

namespace Jobs.Fetching;

/// <summary>What the fetchers of one worker share: the outcomes to store, and the hint that there may be jobs to claim.</summary>
internal sealed class WorkQueue : IDisposable
{
    /// <summary>How many outcomes one exchange takes at most.</summary>
    private const int MaxDrained = 4096;

    /// <summary>
    /// How many slots give an exchange enough to carry. It costs a storage about as much for a job as for many, so a worker with few has
    /// one at a time.
    /// </summary>
    private const int SlotsPerExchange = 32;

    private readonly Lock _gate = new();

    /// <summary>The outcomes to store: at most one for each job that was claimed.</summary>
    private readonly List<FinishedAttempt> _outcomes = [];
    private readonly WorkSignal[] _signals;
    private readonly ITimer _linger;
    private readonly TimeSpan _lingerTime;
    private readonly int _batch;
    private readonly HeldJobs _held;
    private int _hint = (int)ClaimHint.Fresh;
    private int _waitingOutcomes;

    public WorkQueue(StorageCapabilities storage, int concurrency, HeldJobs held)
    {
        _signals = new WorkSignal[Math.Clamp(concurrency / SlotsPerExchange, 1, Math.Max(1, storage.ExchangeConcurrency))];
        for (var i = 0; i < _signals.Length; i++)
        {
            _signals[i] = new WorkSignal();
        }

        _held = held;
        _lingerTime = storage.OutcomeLinger;
        _batch = Math.Max(1, concurrency / (2 * _signals.Length));

        // The machine's time, not the application's: with a clock that a test moves by hand, outcomes must not wait for the hand.
        _linger = TimeProvider.System.CreateTimer(static state => ((WorkQueue)state!).WakeAll(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IReadOnlyList<WorkSignal> Signals => _signals;

    public bool HasOutcomes => Volatile.Read(ref _waitingOutcomes) > 0;

    /// <summary>There may be jobs to claim.</summary>
    public void OnJobsReady()
    {
        LeaveHint();
        WakeAll();
    }

    /// <summary>Takes the hint, once after each time that there may be jobs.</summary>
    public ClaimHint TakeHint() => (ClaimHint)Interlocked.Exchange(ref _hint, (int)ClaimHint.None);

    /// <summary>Leaves the hint for the next loop that has room.</summary>
    public void LeaveHint() => Volatile.Write(ref _hint, (int)ClaimHint.Fresh);

    /// <summary>Leaves the hint to go on with the names whose turn is still to come, unless there is news anyway.</summary>
    public void LeaveHintToGoOn() => Interlocked.CompareExchange(ref _hint, (int)ClaimHint.GoOn, (int)ClaimHint.None);

    /// <summary>
    /// An attempt has ended. A storage for which few outcomes cost as much as many gets them together: once half of what is
    /// claimed has ended, when nothing else runs, or after the linger time.
    /// </summary>
    public void Add(in FinishedAttempt finished)
    {
        // Before it is handed over: afterwards the execution may serve another attempt.
        var hasLimits = _held.HasLimits(finished.Execution);
        int waiting;
        lock (_gate)
        {
            _outcomes.Add(finished);
            waiting = _outcomes.Count;
            Volatile.Write(ref _waitingOutcomes, waiting);
        }

        if (hasLimits)
        {
            LeaveHint();
        }

        if (_lingerTime <= TimeSpan.Zero || waiting >= _batch || _held.Running == 0)
        {
            WakeAll();
        }
        else if (waiting == 1)
        {
            _linger.Change(_lingerTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Drain(List<FinishedAttempt> into)
    {
        lock (_gate)
        {
            var taken = Math.Min(_outcomes.Count, MaxDrained);
            into.AddRange(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_outcomes)[..taken]);
            _outcomes.RemoveRange(0, taken);
            Volatile.Write(ref _waitingOutcomes, _outcomes.Count);
        }
    }

    public void WakeAll()
    {
        foreach (var signal in _signals)
        {
            signal.Wake();
        }
    }

    public void Dispose() => _linger.Dispose();
}
