using System.Threading.Channels;
using Jobs.Hosting;
using Jobs.Storage;
using Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace Jobs.Events;

/// <summary>
/// Writes events to the storage in batches, beside the work. Bounded: neither a burst nor a storage that is away may fill memory;
/// what comes beyond the bound is counted and lost.
/// </summary>
internal sealed class JobEventWriter : IAsyncDisposable
{
    private const int Capacity = 20_000;
    private const int BatchSize = 500;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(5);
    private readonly Channel<JobEvent> _events;
    private readonly Func<CancellationToken, ValueTask<IJobStorage>> _storage;
    private readonly TimeSpan _retention;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _writing;
    private TaskCompletionSource _written = NewSource();
    private int _lost;

    public JobEventWriter(Func<CancellationToken, ValueTask<IJobStorage>> storage, TimeSpan retention, TimeProvider time, ILogger logger)
    {
        _storage = storage;
        _retention = retention;
        _time = time;
        _logger = logger;
        _events = Channel.CreateBounded<JobEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        using var detached = AmbientContext.Leave();
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Completes when this process has next written something.</summary>
    public Task NextWritten => Volatile.Read(ref _written).Task;

    public void Add(JobEvent jobEvent)
    {
        if (!_events.Writer.TryWrite(jobEvent))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Writes what waits, for some seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        _stopping.CancelAfter(_farewell);
        await _writing.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WriteAsync()
    {
        var batch = new List<JobEvent>(BatchSize);
        try
        {
            while (await _events.Reader.WaitToReadAsync(_stopping.Token).ConfigureAwait(false))
            {
                while (batch.Count < BatchSize && _events.Reader.TryRead(out var next))
                {
                    Merge(batch, next);
                }

                await StoreAsync(batch).ConfigureAwait(false);
                batch.Clear();

                // One more transaction per pause, however much happens; a stop does not wait for it.
                await Task.WhenAny(Task.Delay(_pause, TimeProvider.System, _stopping.Token), _events.Reader.Completion).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            JobsLog.EventsLost(_logger, batch.Count + _events.Reader.Count);
        }
    }

    /// <summary>Of progress in quick succession the last is told.</summary>
    private static void Merge(List<JobEvent> batch, JobEvent next)
    {
        if (next.Kind is JobEventKind.Progress
            && batch.FindLastIndex(known => known.JobId == next.JobId) is >= 0 and var index
            && batch[index].Kind is JobEventKind.Progress)
        {
            batch.RemoveAt(index);
        }

        batch.Add(next);
    }

    private async ValueTask StoreAsync(List<JobEvent> batch)
    {
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
        {
            JobsLog.EventsLost(_logger, lost);
        }

        while (true)
        {
            try
            {
                var storage = await _storage(_stopping.Token).ConfigureAwait(false);
                await storage.AppendEventsAsync(batch, _retention, _stopping.Token).ConfigureAwait(false);
                Interlocked.Exchange(ref _written, NewSource()).TrySetResult();
                return;
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                JobsLog.EventsFailed(_logger, exception);
                await Task.Delay(_retry, _time, _stopping.Token).ConfigureAwait(false);
            }
        }
    }
}
