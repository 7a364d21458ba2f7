using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jobs.LongHorizon.Running;

/// <summary>Enqueues at the rate that is asked for, or up to a depth. What is owed is counted by wall-clock time, so that a slow call is made up for.</summary>
internal sealed partial class Producer(RunnerSettings settings, JobClient jobs, Progress progress, Depth depth, ILogger<Producer> logger) : BackgroundService
{
    /// <summary>Sequences begin with the time, so that those of a process that is started again are others.</summary>
    private const long MostPerMillisecond = 10_000;
    private static readonly TimeSpan _afterFailure = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _whileIdle = TimeSpan.FromMilliseconds(100);
    private readonly string _padding = new('x', Math.Max(0, settings.PayloadBytes - 60));
    private long _sequence = (long)Clock.Milliseconds * MostPerMillisecond;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ledger = settings.LedgerFile is { } file ? new StreamWriter(file, append: true) { AutoFlush = true } : null;
        var (owed, last) = (0.0, Stopwatch.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = Stopwatch.GetTimestamp();
            var rate = CurrentRate();
            owed = settings.IsDepthTarget ? settings.TargetDepth - await ReadDepthAsync(stoppingToken) : owed + (rate * Stopwatch.GetElapsedTime(last, now).TotalSeconds);
            last = now;
            while (owed >= 1 && !stoppingToken.IsCancellationRequested)
            {
                // One call enqueues at most a batch; what is owed beyond follows at once.
                var count = (int)Math.Min(owed, settings.BatchMax);
                owed = await EnqueueAsync(count, ledger) ? owed - count : 0;
            }

            await Task.Delay(rate > 0 ? settings.BatchInterval : _whileIdle, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>False when it failed: nobody knows what is stored then, and what was owed while the server was away is not made up for.</summary>
    private async Task<bool> EnqueueAsync(int count, StreamWriter? ledger)
    {
        var first = _sequence;
        _sequence += count;
        try
        {
            var at = Clock.Milliseconds;
            await jobs.Tick.EnqueueManyAsync(Enumerable.Range(0, count).Select(i => new Ticket(first + i, at, _padding)), null, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever the storage meets, the producer goes on; the harness sees the rate.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailure(exception.Message);
            await Task.Delay(_afterFailure, CancellationToken.None);
            return false;
        }

        progress.CountEnqueued(count);
        ledger?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {count}"));
        return true;
    }

    private async Task<long> ReadDepthAsync(CancellationToken cancellationToken)
    {
        await depth.ReadAsync(cancellationToken);
        return depth.Last;
    }

    private double CurrentRate() =>
        settings.RateControlFile is { } file && File.Exists(file) && double.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var rate) ? rate : settings.Rate;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Enqueueing failed: {Reason}")]
    private partial void LogFailure(string reason);
}
