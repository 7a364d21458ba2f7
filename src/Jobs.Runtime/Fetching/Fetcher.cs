using Jobs.Execution;
using Jobs.Hosting;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Fetching;

/// <summary>
/// One loop between the storage and the executors: outcomes in, claimed jobs out, in one round trip. It claims no more than
/// there is room for, sleeps until it is woken, and never gives up: an outcome is sent again until the storage has answered.
/// </summary>
internal sealed class Fetcher : IDisposable
{
    private static readonly TimeSpan _firstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _lastRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _refusedDelay = TimeSpan.FromMinutes(1);

    private readonly JobWorker _worker;
    private readonly JobsRuntime _runtime;
    private readonly WorkQueue _queue;
    private readonly WorkSignal _signal;
    private readonly ExchangeGate _gate;
    private readonly ITimer _timer;
    private readonly WorkExchange _exchange;
    private readonly List<FinishedAttempt> _unsent = [];
    private readonly List<JobExecution> _claimed = [];
    private readonly List<JobOutcome> _refused = [];
    private readonly IdleExecutions _idle;
    private readonly IReadOnlyList<string> _names;
    private readonly QueueOrder _queues;
    private readonly IReadOnlyList<SharedLimit> _sharedLimits;
    private TimeSpan _retry = _firstRetry;
    private bool _claimedNothing;

    /// <summary>Whether the next claim goes on with the queues that this round has not come to.</summary>
    private bool _goesOn;

    /// <summary>Whether the worker held nothing when the exchange was prepared.</summary>
    private bool _wasIdle;
    private int _claimedInRound;

    public Fetcher(JobWorker worker, WorkQueue queue, WorkSignal signal, ExchangeGate gate, IReadOnlyList<string> names, IReadOnlyList<SharedLimit> sharedLimits)
    {
        _worker = worker;
        _runtime = worker.Runtime;
        _queue = queue;
        _signal = signal;
        _gate = gate;
        _names = names;
        _sharedLimits = sharedLimits;
        _queues = new QueueOrder(worker.Plan.Options);
        _exchange = new WorkExchange { WorkerId = worker.Id };
        _idle = new IdleExecutions(2 * _worker.Plan.Options.Concurrency);
        _timer = _runtime.Time.CreateTimer(static state => ((Fetcher)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs until the worker has stopped and every outcome is stored, or until the token ends the attempts to store them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!PrepareExchange())
            {
                if (_worker.IsStopped && !_queue.HasOutcomes)
                {
                    return;
                }

                await _signal.WaitAsync().ConfigureAwait(false);
                continue;
            }

            try
            {
                await ExchangeAsync(cancellationToken).ConfigureAwait(false);
                _retry = _firstRetry;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                GiveBackRoom();
                return;
            }
            catch (Exception exception)
            {
                GiveBackRoom();
                MarkAsSent();
                _gate.OnAnswerLost();
                _queue.LeaveHint();
                JobsLog.ExchangeFailed(_runtime.Logger, _retry, exception);
                await DelayAsync(_retry, cancellationToken).ConfigureAwait(false);
                _retry = _retry * 2 < _lastRetry ? _retry * 2 : _lastRetry;
                _signal.Wake();
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Fills the request; false when there is nothing to ask for.</summary>
    private bool PrepareExchange()
    {
        _exchange.Reset();
        _queue.Drain(_unsent);
        foreach (var finished in _unsent)
        {
            _exchange.Outcomes.Add(finished.Outcome);
        }

        _exchange.Outcomes.AddRange(_refused);
        _wasIdle = _worker.Held.IsEmpty && (_wasIdle || !_goesOn);
        var hint = !_worker.IsClaiming ? ClaimHint.None : _goesOn ? ClaimHint.Fresh : _queue.TakeHint();
        if (hint is not ClaimHint.None)
        {
            if (!_goesOn)
            {
                _queues.Restart();
            }

            _goesOn = false;
            _worker.Held.Reserve(_exchange, hint is ClaimHint.Fresh);
            if (_exchange.MaxJobs == 0)
            {
                // No room: the next outcome makes some, and finds the hint.
                _queue.LeaveHint();
            }
        }

        return _exchange.MaxJobs > 0 || _exchange.Outcomes.Count > 0 || (_gate.NeedsReconciliation && _worker.IsClaiming) || _worker.Progress.IsDue;
    }

    private async ValueTask ExchangeAsync(CancellationToken cancellationToken)
    {
        var storage = await _runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        if (_gate.NeedsReconciliation)
        {
            await _gate.ReconcileAsync(storage, _worker, cancellationToken).ConfigureAwait(false);
        }

        await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Also while another loop is at it: an outcome of ours must not overtake the progress that it follows.
            if (_worker.Progress.IsUnstored)
            {
                await _worker.Progress.FlushAsync(storage, cancellationToken).ConfigureAwait(false);
            }

            if (_exchange.MaxJobs == 0 && _exchange.Outcomes.Count == 0)
            {
                return;
            }

            _exchange.Names = _names;
            _exchange.Queues = _exchange.MaxJobs > 0 ? _queues.Next() : null;
            _exchange.SharedLimits = _sharedLimits;

            // Not cancellable: whether it happened must be known.
            await storage.ExchangeAsync(_exchange, CancellationToken.None).ConfigureAwait(false);
            _runtime.Telemetry.Exchanged(_exchange);
            TakeClaimed();
        }
        finally
        {
            _gate.Exit();
        }

        // First what was claimed: it is held from here on, and must run whatever else happens.
        if (_claimed.Count > 0)
        {
            _worker.Start(_claimed);
        }

        Conclude();
        if (_claimedNothing)
        {
            _worker.FoundNothing();
        }
    }

    private void TakeClaimed()
    {
        var room = _exchange.MaxJobs;
        _claimedNothing = room > 0 && _exchange.Claimed.Count == 0;
        _claimed.Clear();
        _refused.Clear();
        foreach (var job in _exchange.Claimed)
        {
            if (_worker.CanRun(job.Record.Name, out var registered))
            {
                _claimed.Add(_idle.Take(registered, job, _worker));
            }
            else
            {
                // Not asked for: the storage's mistake. Back it goes, not at once, so that it is not claimed again and again.
                JobsLog.UnknownJobClaimed(_runtime.Logger, job.Id, job.Record.Name);
                _refused.Add(new JobOutcome { Id = job.Id, Lease = job.Lease, Kind = JobOutcomeKind.Released, Delay = _refusedDelay });
            }
        }

        var hasFurtherNames = _worker.Held.Settle(_exchange, _claimed);
        _exchange.MaxJobs = 0;
        if (room > 0)
        {
            _goesOn = _claimed.Count < room && _queues.HasNext;
            _claimedInRound += _claimed.Count;
            if (_claimed.Count == room)
            {
                _queue.LeaveHint();
            }
            else if (_goesOn)
            {
                _signal.Wake();
            }
            else if (hasFurtherNames)
            {
                _queue.LeaveHintToGoOn();
            }

            if (!_goesOn)
            {
                _worker.OnClaimed(_claimedInRound, _wasIdle);
                _claimedInRound = 0;
            }

            ScheduleNextLook();
        }
    }

    private void MarkAsSent()
    {
        for (var i = 0; i < _unsent.Count; i++)
        {
            _unsent[i] = _unsent[i] with { IsResent = true };
        }
    }

    /// <summary>Tells waiters and the log what became of the outcomes.</summary>
    private void Conclude()
    {
        if (_unsent.Count == 0)
        {
            return;
        }

        _worker.Outcomes.Conclude(_unsent, _exchange.Dispositions);
        foreach (var finished in _unsent)
        {
            _idle.Return(finished.Execution);
        }

        _unsent.Clear();
        _worker.OnConcluded();
    }

    private void GiveBackRoom()
    {
        _claimed.Clear();
        if (_exchange.MaxJobs > 0)
        {
            _worker.Held.Settle(_exchange, _claimed);
            _exchange.MaxJobs = 0;
        }
    }

    private void ScheduleNextLook()
    {
        var poll = _worker.Plan.Options.PollInterval;
        var due = _exchange.NextDueIn is { } next && next < poll ? next : poll;
        _timer.Change(due > TimeSpan.Zero ? due : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        _queue.LeaveHint();
        _signal.Wake();
        _timer.Change(_worker.Plan.Options.PollInterval, Timeout.InfiniteTimeSpan);
    }

    private async ValueTask DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, _runtime.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop looks at the token itself.
        }
    }
}
