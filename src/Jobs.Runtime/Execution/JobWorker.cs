using Jobs.Fetching;
using Jobs.Hosting;
using Jobs.Maintenance;
using Jobs.Notifications;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Execution;

/// <summary>This process's worker: fetchers, executors, heartbeat and maintenance, from start to drained stop.</summary>
internal sealed class JobWorker : IAsyncDisposable
{
    private static readonly TimeSpan _cancelledHandlersGrace = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _loopsStopping = new();
    private readonly List<Task> _loops = [];
    private readonly List<Task> _fetching = [];
    private readonly List<Fetcher> _fetchers = [];
    private readonly IReadOnlyList<string> _names;
    private ExchangeGate? _gate;
    private WorkQueue? _queue;
    private volatile bool _isClaiming;
    private volatile bool _isStopped;
    private bool _isStarted;

    public JobWorker(JobsRuntime runtime)
    {
        Runtime = runtime;
        var runnable = runtime.Registry.Registered.Where(static job => job is { HasHandler: true, IsDisabled: false }).ToList();
        _names = [.. runnable.SelectMany(static job => job.Descriptor.Aliases.Prepend(job.Name))];
        Held = new HeldJobs(runtime.Settings, runnable);
        Executors = new ExecutorPool(runtime.Settings.Worker.Concurrency);
        Progress = new ProgressReports(runtime.Time, Held, () => _queue?.WakeAll(), runtime.Logger);

        // Never the host's name alone: after a restart, or in a cloned container, it would be somebody else's.
        Id = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..12]}";
    }

    public string Id { get; }

    public JobsRuntime Runtime { get; }

    public HeldJobs Held { get; }

    public ExecutorPool Executors { get; }

    public ProgressReports Progress { get; }

    public bool IsClaiming => _isClaiming;

    /// <summary>Whether no further attempt will end here, so that fetchers may go once they have stored what has ended.</summary>
    public bool IsStopped => _isStopped;

    private WorkQueue Queue => _queue ?? throw new InvalidOperationException("The worker has not been started.");

    /// <summary>Reports to the storage and starts the loops, without claiming yet. Does nothing where there is no handler to run.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Runtime.Settings.IsClientOnly || _names.Count == 0)
        {
            return;
        }

        var storage = await Runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var settings = Runtime.Settings.Worker;
        _queue = new WorkQueue(storage.Capabilities, settings.Concurrency, Held, Runtime.Time);
        _gate = new ExchangeGate(_queue.Signals.Count);
        var heartbeat = new HeartbeatLoop(this, new WorkerHeartbeat(Id, Environment.MachineName, AppVersion(), settings.LeaseDuration, _names, [.. settings.Queues]));
        await heartbeat.BeatAsync(cancellationToken).ConfigureAwait(false);

        Runtime.Signals.JobsReady += _queue.OnJobsReady;
        Runtime.Signals.CancelRequested += OnCancelRequested;
        _isStarted = true;

        // The loops must not inherit the starter's trace or other ambient state.
        using (ExecutionContext.SuppressFlow())
        {
            _loops.Add(Task.Run(() => heartbeat.RunAsync(_loopsStopping.Token), CancellationToken.None));
            _loops.Add(Task.Run(() => new CancelPoll(this).RunAsync(_loopsStopping.Token), CancellationToken.None));
            _loops.Add(Task.Run(() => new MaintenanceLoop(this).RunAsync(_loopsStopping.Token), CancellationToken.None));
            foreach (var signal in _queue.Signals)
            {
                var fetcher = new Fetcher(this, _queue, signal, _gate, _names);
                _fetchers.Add(fetcher);
                _fetching.Add(Task.Run(() => fetcher.RunAsync(_loopsStopping.Token), CancellationToken.None));
            }
        }
    }

    /// <summary>Starts claiming.</summary>
    public void BeginClaiming()
    {
        if (_isStarted)
        {
            _isClaiming = true;
            JobsLog.WorkerStarted(Runtime.Logger, Id, _names.Count, Runtime.Settings.Worker.Concurrency, Runtime.Telemetry.StorageName);
            Queue.OnJobsReady();
        }
    }

    /// <summary>Stops claiming; what runs goes on.</summary>
    public void StopClaiming() => _isClaiming = false;

    /// <summary>Lets running jobs finish within the grace, then cancels them and gives them back.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        StopClaiming();
        if (!_isStarted || _isStopped)
        {
            return;
        }

        var grace = Runtime.Settings.Worker.ShutdownGrace;
        JobsLog.WorkerDraining(Runtime.Logger, Id, Held.Running, grace);
        if (!await IdleWithinAsync(grace, cancellationToken).ConfigureAwait(false))
        {
            JobsLog.DrainTimedOut(Runtime.Logger, Held.Running);
            foreach (var execution in Held.ToList())
            {
                execution.Cancel(CancelCause.Shutdown);
            }

            await IdleWithinAsync(_cancelledHandlersGrace, cancellationToken).ConfigureAwait(false);
        }

        _isStopped = true;
        Queue.WakeAll();
        await StoreOutcomesAsync(cancellationToken).ConfigureAwait(false);
        await RetireAsync().ConfigureAwait(false);
        JobsLog.WorkerStopped(Runtime.Logger, Id);
    }

    /// <summary>An attempt has ended; null means that nothing is to be stored about it.</summary>
    public void Finished(JobExecution execution, JobOutcome? outcome)
    {
        Held.FreeSlot(execution);
        if (outcome is null)
        {
            Held.Remove(execution);
            Runtime.Waiters.OnJobEnded(execution.JobId);
            Queue.OnJobsReady();
            return;
        }

        if (!Runtime.Waiters.IsEmpty && outcome.Value.Kind is JobOutcomeKind.Completed or JobOutcomeKind.Failed or JobOutcomeKind.Cancelled)
        {
            var ended = outcome.Value;
            Runtime.Waiters.Prepare(execution.JobId, () => Describe(execution, ended));
        }

        Progress.Hurry(execution.JobId);
        Queue.Add(new FinishedAttempt(execution, outcome.Value));
    }

    /// <summary>A handler ignored its cancellation for the whole grace: its slot is freed, and whatever it still does is fenced off.</summary>
    public void Abandoned(JobExecution execution, JobOutcome? outcome)
    {
        JobsLog.HandlerAbandoned(Runtime.Logger, execution.JobId, execution.JobName, execution.Attempt, Runtime.Settings.Worker.AbandonGrace);
        Runtime.Telemetry.Abandoned(1);
        if (Held.CountAbandoned(1))
        {
            JobsLog.TooManyAbandoned(Runtime.Logger);
        }

        Finished(execution, outcome);
    }

    /// <summary>An abandoned handler has ended after all.</summary>
    public void AbandonedHandlerEnded(JobExecution execution)
    {
        JobsLog.AbandonedHandlerEnded(Runtime.Logger, execution.JobId, execution.JobName, execution.Attempt);
        Runtime.Telemetry.Abandoned(-1);
        Held.CountAbandoned(-1);
        Queue.OnJobsReady();
    }

    /// <summary>The storage has answered for an outcome.</summary>
    public void Conclude(in FinishedAttempt finished, OutcomeDisposition disposition)
    {
        var (execution, outcome) = finished;
        Held.Remove(execution);
        if (!Runtime.Waiters.IsEmpty)
        {
            Runtime.Waiters.Conclude(execution.JobId, disposition is OutcomeDisposition.Stored && outcome.Kind is JobOutcomeKind.Completed or JobOutcomeKind.Failed or JobOutcomeKind.Cancelled);
        }

        OutcomeLog.Write(Runtime.Logger, execution, outcome, disposition);
    }

    /// <summary>The lease is, or may be, somebody else's: every running handler is told to stop, and its outcome dropped.</summary>
    public void LoseAllLeases()
    {
        foreach (var execution in Held.ToList())
        {
            execution.Cancel(CancelCause.LeaseLost);
        }
    }

    public void OnCancelRequested(JobId id) => Held.Find(id)?.Cancel(CancelCause.Cancelled);

    public async ValueTask DisposeAsync()
    {
        _isClaiming = false;
        _isStopped = true;
        await _loopsStopping.CancelAsync().ConfigureAwait(false);
        _queue?.WakeAll();
        await Task.WhenAll([.. _loops, .. _fetching]).ConfigureAwait(false);
        if (_queue is not null)
        {
            Runtime.Signals.JobsReady -= _queue.OnJobsReady;
            Runtime.Signals.CancelRequested -= OnCancelRequested;
            _queue.Dispose();
        }

        _gate?.Dispose();
        foreach (var fetcher in _fetchers)
        {
            fetcher.Dispose();
        }

        Progress.Dispose();
        _loopsStopping.Dispose();
    }

    /// <summary>What a waiter needs to know of an end that this process saw itself.</summary>
    private static JobEnd Describe(JobExecution execution, in JobOutcome outcome) => new(
        new JobSnapshot
        {
            Id = execution.JobId,
            Name = execution.JobName,
            Queue = execution.Queue,
            Status = outcome.Kind switch { JobOutcomeKind.Completed => JobStatus.Completed, JobOutcomeKind.Failed => JobStatus.Failed, _ => JobStatus.Cancelled },
            Attempt = execution.Attempt,
            MaxAttempts = execution.MaxAttempts,
            CreatedAt = execution.CreatedAt,
            StartedAt = execution.ClaimedAt,
            Tags = execution.Tags,
            Metadata = execution.Metadata,
            Error = outcome.Error?.Message,
            FailureReason = outcome.Reason,
        },
        outcome.Result);

    private static string? AppVersion() => System.Reflection.Assembly.GetEntryAssembly()?.GetName().Version?.ToString();

    private async Task<bool> IdleWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var idle = Held.WhenIdleAsync();
        if (idle.IsCompleted)
        {
            return true;
        }

        try
        {
            await idle.WaitAsync(limit, Runtime.Time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task StoreOutcomesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_fetching).WaitAsync(_cancelledHandlersGrace, Runtime.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // The storage is away: what could not be stored comes back when the lease has expired.
        }
    }

    private async Task RetireAsync()
    {
        await _loopsStopping.CancelAsync().ConfigureAwait(false);
        Queue.WakeAll();
        await Task.WhenAll(_loops).ConfigureAwait(false);
        try
        {
            var storage = await Runtime.GetStorageAsync(CancellationToken.None).ConfigureAwait(false);
            await storage.RetireWorkerAsync(Id, CancellationToken.None).AsTask().WaitAsync(_cancelledHandlersGrace, Runtime.Time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            JobsLog.RetireFailed(Runtime.Logger, exception);
        }
    }
}
