using Jobs.Client;
using Jobs.Events;
using Jobs.Notifications;
using Jobs.Registry;
using Jobs.Storage;
using Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace Jobs.Hosting;

/// <summary>What clients and worker of one container share.</summary>
internal sealed class JobsRuntime : IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim _initializing = new(1);
    private readonly IJobStorage? _storage;
    private IDisposable? _subscription;
    private volatile bool _isReady;

    public JobsRuntime(JobRegistry registry, JobsSettings settings, JobsSetup setup, JobsTelemetry telemetry, TimeProvider time, ILoggerFactory loggers, IServiceProvider services)
    {
        Registry = registry;
        Redactor = new Redactor(registry);
        Settings = settings;
        Telemetry = telemetry;
        Time = time;
        Services = services;
        Logger = new ResilientLogger(loggers.CreateLogger("Jobs"));
        Loggers = loggers;
        Tracker = new JobTracker(this);

        // Whoever resolves the first client makes this; timers must not carry its trace on.
        using var detached = AmbientContext.Leave();
        Waiters = new JobWaiters(GetStorageAsync, time, settings.Worker.PollInterval, Logger);
        Signals = new StorageSignals(Waiters);
        HasStorage = !setup.HasNoStorage;
        if (setup.StorageFactory is null && HasStorage)
        {
            JobsLog.NoStorageConfigured(Logger);
        }

        EventWriter = settings.Events.IsStored && HasStorage ? new JobEventWriter(GetStorageAsync, settings.Events.Retention, time, Logger) : null;
        Events = new JobEventHub(time, EventWriter);
        _storage = HasStorage ? setup.StorageFactory?.Invoke(services) ?? new InMemory.InMemoryStorage(time, new InMemoryOptions()) : null;
        telemetry.StorageName = _storage?.Capabilities.Name ?? "none";
    }

    public JobRegistry Registry { get; }

    public Redactor Redactor { get; }

    /// <summary>Whether this process keeps jobs.</summary>
    public bool HasStorage { get; }

    private IJobStorage Storage => _storage
        ?? throw new JobException(JobErrorCodes.NotSupported, "This process keeps no jobs (WithoutStorage): it only runs what is pushed to it. Set a storage to do more, such as enqueueing.");

    public JobsSettings Settings { get; }

    public JobsTelemetry Telemetry { get; }

    public TimeProvider Time { get; }

    public IServiceProvider Services { get; }

    public ILogger Logger { get; }

    public ILoggerFactory Loggers { get; }

    public JobTracker Tracker { get; }

    public JobWaiters Waiters { get; }

    public StorageSignals Signals { get; }

    public JobEventHub Events { get; }

    /// <summary>Where events are stored; null when they are not.</summary>
    public JobEventWriter? EventWriter { get; }

    /// <summary>The storage, made ready by whoever asks first; a failed attempt is repeated by the next who asks.</summary>
    public ValueTask<IJobStorage> GetStorageAsync(CancellationToken cancellationToken) =>
        _isReady ? new ValueTask<IJobStorage>(Storage) : InitializeAsync(cancellationToken);

    /// <summary>Makes the record of a job that is to be inserted. Nothing is asked of the storage yet.</summary>
    public JobRecord CreateRecord(JobKind kind, byte[] payload, JobDetails? details) => Storage.CreateRecord(kind, payload, details);

    /// <summary>A job was handed to the storage: counted and told, unless it met one that was there.</summary>
    public void OnEnqueued(RegisteredJob job, JobRecord record, in InsertedJob inserted)
    {
        Telemetry.Enqueued(job, record.Queue, inserted);
        if (Events.IsActive && !inserted.WasDeduplicated)
        {
            Events.Enqueued(record, inserted.Id);
        }
    }

    /// <summary>For containers that are disposed synchronously: nothing here waits for more than the storage's own disposal.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await Waiters.DisposeAsync().ConfigureAwait(false);
        if (EventWriter is not null)
        {
            await EventWriter.DisposeAsync().ConfigureAwait(false);
        }

        _subscription?.Dispose();
        if (_storage is not null)
        {
            await _storage.DisposeAsync().ConfigureAwait(false);
        }

        _initializing.Dispose();
    }

    private async ValueTask<IJobStorage> InitializeAsync(CancellationToken cancellationToken)
    {
        await _initializing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isReady)
            {
                await Storage.InitializeAsync(cancellationToken).ConfigureAwait(false);
                _subscription = Storage.Subscribe(Signals);
                _isReady = true;
            }

            return Storage;
        }
        finally
        {
            _initializing.Release();
        }
    }
}
