using Jobs.Hosting;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Scheduling;

/// <summary>
/// Fires what is due. Every worker process runs one; there is no leader, because the storage lets only one of them move a schedule
/// on, together with its jobs. It asks once per wake-up, sleeps until the next due time, and is woken by changes.
/// </summary>
internal sealed class ScheduleLoop : IAsyncDisposable, IDisposable
{
    private const int BatchSize = 200;

    /// <summary>A process that was paused for longer between reading and writing has to read again.</summary>
    private static readonly TimeSpan _writeWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Behind the signals of a shared storage, which may be missing.</summary>
    private static readonly TimeSpan _sharedPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _stopWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _lonelyPoll = TimeSpan.FromMinutes(10);

    private readonly JobsRuntime _runtime;
    private readonly ScheduleFiring _firing;
    private readonly LoopSignal _signal;
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _isWaiting;
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    public ScheduleLoop(JobsRuntime runtime)
    {
        _runtime = runtime;
        _firing = new ScheduleFiring(runtime);
        _signal = new LoopSignal(runtime.Time);
    }

    public void Start()
    {
        if (_runtime.Settings.IsClientOnly || !_runtime.Settings.Scheduling.Enabled || !_running.IsCompleted || _stopping.IsCancellationRequested)
        {
            return;
        }

        _runtime.Signals.SchedulesChanged += _signal.Wake;
        _runtime.Signals.JobEnded += OnJobEnded;
        using var detached = AmbientContext.Leave();
        _running = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
    }

    /// <summary>Fires nothing more.</summary>
    public void BeginStop() => _stopping.Cancel();

    /// <summary>Waits until what was being written is written, unless the storage has fallen silent: then its transaction decides.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await _running.WaitAsync(_stopWithin, _runtime.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            ScheduleLog.StopTimedOut(_runtime.Logger);
        }

        _runtime.Signals.SchedulesChanged -= _signal.Wake;
        _runtime.Signals.JobEnded -= OnJobEnded;
    }

    /// <summary>For containers that are disposed synchronously. A host that was stopped before leaves nothing to wait for.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            _stopping.Dispose();
        }
    }

    private void OnJobEnded()
    {
        if (_isWaiting)
        {
            _signal.Wake();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _signal.SleepAsync(await OnceAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                ScheduleLog.RoundFailed(_runtime.Logger, exception);
                await _signal.SleepAsync(_retryAfter, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Fires what is due now; answers how long there is nothing to do.</summary>
    private async ValueTask<TimeSpan> OnceAsync(CancellationToken cancellationToken)
    {
        var storage = await _runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var reading = await storage.ReadSchedulesAsync(new ScheduleQuery { IsDue = true, Limit = BatchSize }, cancellationToken).ConfigureAwait(false);
            var writes = new List<ScheduleWrite>();
            var isStuck = false;
            foreach (var stored in reading.Schedules)
            {
                if (await _firing.PlanAsync(storage, stored, reading.Now, cancellationToken).ConfigureAwait(false) is { } write)
                {
                    writes.Add(write with { NotAfter = reading.Now + _writeWithin });
                }
                else
                {
                    isStuck |= !stored.IsWaiting || stored.DueAt <= reading.Now;
                }
            }

            await _firing.WriteAsync(storage, writes, cancellationToken).ConfigureAwait(false);
            _isWaiting = reading.Schedules.Any(static schedule => schedule.IsWaiting) || writes.Exists(static write => write.Schedule is { IsWaiting: true });
            if (writes.Count > 0)
            {
                // Others may have become due meanwhile, and the next due times are not known yet.
                continue;
            }

            var limit = isStuck ? _retryAfter : _isWaiting ? _runtime.Settings.Worker.PollInterval : storage.Capabilities.IsShared ? _sharedPoll : _lonelyPoll;
            return reading.NextDueIn is { } next && next < limit ? Later(next) : limit;
        }
    }

    /// <summary>Rounded up to what timers can do, so that it is due when the loop wakes.</summary>
    private static TimeSpan Later(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds)));
}
