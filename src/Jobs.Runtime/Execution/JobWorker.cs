using System.Diagnostics.CodeAnalysis;
using Jobs.Fetching;
using Jobs.Hosting;
using Jobs.Logs;
using Jobs.Maintenance;
using Jobs.Pushing;
using Jobs.Registry;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Execution;

/// <summary>This process's worker: fetchers, executors, heartbeat and maintenance, from start to drained stop.</summary>
internal sealed partial class JobWorker : IAttemptHost, IAsyncDisposable, IDisposable
{
    private readonly CancellationTokenSource _loopsStopping = new();
    private readonly List<Task> _loops = [];
    private readonly List<Task> _fetching = [];
    private readonly List<Fetcher> _fetchers = [];
    private readonly List<string> _knownNames;
    private readonly List<string> _names;
    private readonly string? _version;
    private readonly IReadOnlyList<SharedLimit> _sharedLimits;
    private ExchangeGate? _gate;
    private WorkQueue? _queue;
    private readonly TaskCompletionSource _dry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _claimedCount;
    private volatile bool _isClaiming;
    private volatile bool _hasWorked;
    private volatile bool _isStopped;
    private volatile bool _isCancelling;
    private bool _isStarted;
    private bool _isDisposed;

    /// <param name="runtime">What clients and worker share.</param>
    /// <param name="plan">What it takes.</param>
    public JobWorker(JobsRuntime runtime, WorkerPlan plan)
    {
        Plan = plan;
        Runtime = runtime;
        var handled = runtime.Registry.Registered.Where(plan.Knows).ToList();
        var chosen = plan.Options.Jobs;
        foreach (var name in chosen.Where(name => !runtime.Registry.TryFind(name, out _)))
        {
            throw new JobException(JobErrorCodes.Configuration, $"The configuration of jobs is wrong: Worker.Jobs contains '{name}', and no job has this name. Check the spelling; stored names are in JobNames.");
        }

        var runnable = handled.Where(job => !job.IsDisabled && (chosen.Count == 0 || Names([job]).Exists(chosen.Contains))).ToList();

        // A disabled job is known, or its queued jobs would fail for want of a handler, but not claimed.
        _knownNames = Names(handled);
        _names = Names(runnable);
        _sharedLimits = SharedLimits.Of(runnable, runtime.Settings);
        Held = new HeldJobs(plan, runtime.Settings.Queues, runnable);
        Outcomes = new OutcomeReporter(runtime, Held);
        _version = plan.Options.Version ?? AppVersion();
        OtherVersions = new OtherVersions(runtime, _version);
        using var detached = AmbientContext.Leave();
        Executors = new ExecutorPool(plan.Options.Concurrency);
        Logs = new JobLogBuffer(runtime.Time, runtime.Settings.Logs);
        Progress = new ProgressReports(runtime.Time, Held, Logs, () => _queue?.WakeAll(), runtime.Logger);

        // Never the host's name alone: after a restart, or in a cloned container, it would be somebody else's.
        Id = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..12]}";
    }

    public string Id { get; }

    public JobsRuntime Runtime { get; }

    public WorkerPlan Plan { get; }

    public HeldJobs Held { get; }

    public OutcomeReporter Outcomes { get; }

    public OtherVersions OtherVersions { get; }

    public ExecutorPool Executors { get; }

    public ProgressReports Progress { get; }

    public JobLogBuffer Logs { get; }

    public bool IsClaiming => _isClaiming;

    /// <summary>Whether it reports to the storage.</summary>
    public bool IsRunning => _isStarted && !_isStopped;

    /// <summary>Whether no further attempt will end here, so that fetchers may go once they have stored what has ended.</summary>
    public bool IsStopped => _isStopped;

    private ExchangeGate Gate => _gate ?? throw new InvalidOperationException("The worker has not been started.");

    private WorkQueue Queue => _queue ?? throw new InvalidOperationException("The worker has not been started.");

    /// <summary>Reports to the storage and starts the loops, without claiming yet. Does nothing where there is no handler to run.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((Runtime.Settings.IsClientOnly && !Plan.IsOneShot) || _knownNames.Count == 0)
        {
            return;
        }

        var storage = await Runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var settings = Plan.Options;
        _queue = new WorkQueue(storage.Capabilities, settings.Concurrency, Held);
        _gate = new ExchangeGate(_queue.Signals.Count, Runtime.Time, settings.LeaseDuration, _queue.WakeAll);
        var heartbeat = new HeartbeatLoop(this, new WorkerHeartbeat(Id, Environment.MachineName, _version, settings.LeaseDuration, _knownNames, [.. settings.Queues]));
        await heartbeat.BeatAsync(cancellationToken).ConfigureAwait(false);

        Runtime.Signals.JobsReady += _queue.OnJobsReady;
        Runtime.Signals.CancelRequested += OnCancelRequested;
        if (!Plan.IsOneShot)
        {
            Runtime.Waiters.Holders.TryAdd(Held, true);
            Runtime.Telemetry.Pools.Add(() => (settings.Concurrency, Held.Running));
        }

        _isStarted = true;

        // The loops must not inherit the starter's trace or other ambient state.
        using (AmbientContext.Leave())
        {
            _loops.Add(Task.Run(() => heartbeat.RunAsync(_loopsStopping.Token), CancellationToken.None));
            _loops.Add(Task.Run(() => new CancelPoll(this).RunAsync(_loopsStopping.Token), CancellationToken.None));
            _loops.Add(Task.Run(() => new MaintenanceLoop(this).RunAsync(_loopsStopping.Token), CancellationToken.None));
            foreach (var signal in _queue.Signals)
            {
                var fetcher = new Fetcher(this, _queue, signal, _gate, _names, _sharedLimits);
                _fetchers.Add(fetcher);
                _fetching.Add(Task.Run(() => fetcher.RunAsync(_loopsStopping.Token), CancellationToken.None));
            }
        }
    }

    /// <summary>Runs what is due, and what becomes due by it, until nothing is left that can be claimed.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        BeginClaiming();
        if (!_isClaiming)
        {
            return 0;
        }

        try
        {
            await _dry.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What runs is given the grace of a shutdown; what it did not get to stays due.
        }

        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Volatile.Read(ref _claimedCount);
    }

    /// <summary>A claim has looked at all queues.</summary>
    /// <param name="count">How many jobs it got.</param>
    /// <param name="wasIdle">Whether the worker held nothing before, so that no end of a job can make others ready that the claim did not see.</param>
    public void OnClaimed(int count, bool wasIdle)
    {
        if (!Plan.IsOneShot)
        {
            return;
        }

        Interlocked.Add(ref _claimedCount, count);
        if (count > 0 || !Held.IsEmpty)
        {
            return;
        }

        if (wasIdle)
        {
            _dry.TrySetResult();
        }
        else
        {
            Queue.OnJobsReady();
        }
    }

    /// <summary>Outcomes have been stored. Whether they were the last ones only another claim can tell, which must not wait for the next poll.</summary>
    public void OnConcluded()
    {
        if (Plan.IsOneShot)
        {
            Queue.OnJobsReady();
        }
    }

    /// <summary>Starts claiming.</summary>
    public void BeginClaiming()
    {
        if (_isStarted && !_isStopped)
        {
            _isClaiming = _names.Count > 0;
            JobsLog.WorkerStarted(Runtime.Logger, Id, _names.Count, Plan.Options.Concurrency, Runtime.Telemetry.StorageName);
            Queue.OnJobsReady();
        }
    }

    /// <summary>Runs what was claimed.</summary>
    public void Start(List<JobExecution> claimed)
    {
        _hasWorked = true;
        if (Runtime.Events.IsActive)
        {
            claimed.ForEach(Runtime.Events.Claimed);
        }

        Executors.Start(claimed);
        if (_isCancelling)
        {
            // The answer came in after the drain had ended.
            Held.CancelAll(CancelCause.Shutdown);
        }
    }

    public bool CanRun(string name, [NotNullWhen(true)] out RegisteredJob? job) => Runtime.Registry.TryFind(name, out job) && !job.IsDisabled && Plan.Knows(job);

    /// <summary>What runs a job's attempts: its handler, or whoever is elsewhere.</summary>
    public JobExecution CreateExecution(RegisteredJob job) => Plan.Runner is { } runner ? new DeliveredExecution(job, this, runner) : job.CreateExecution(this);

    /// <summary>A claim found nothing: told once after work, when nothing runs any more.</summary>
    public void FoundNothing()
    {
        if (!_hasWorked || !Held.IsEmpty)
        {
            return;
        }

        _hasWorked = false;
        if (Runtime.Events.IsActive)
        {
            var queues = Plan.Options.Queues;
            Runtime.Events.Publish(new JobEvent { Kind = JobEventKind.Drained, Queue = queues.Count == 1 ? queues[0] : null });
        }
    }

    /// <summary>The lease is, or may be, somebody else's: every running handler is told to stop, and its outcome dropped.</summary>
    public void LoseAllLeases() => Held.CancelAll(CancelCause.LeaseLost);

    public void OnCancelRequested(JobId id) => Held.Cancel(id, CancelCause.Cancelled);

    private static List<string> Names(IEnumerable<RegisteredJob> jobs) => [.. jobs.SelectMany(static job => job.Descriptor.Aliases.Prepend(job.Name))];

    /// <summary>The SDK puts the commit into the informational version, so that two deployments differ in it.</summary>
    private static string? AppVersion()
    {
        var entry = System.Reflection.Assembly.GetEntryAssembly();
        return entry?.GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), inherit: false) is [System.Reflection.AssemblyInformationalVersionAttribute attribute, ..]
            ? attribute.InformationalVersion
            : entry?.GetName().Version?.ToString();
    }
}
