using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Jobs.LongHorizon.Running;

/// <summary>Says how it goes, at multiples of the period of the wall clock, and once more at the end.</summary>
internal sealed class Sampler(RunnerSettings settings, Progress progress, Depth depth, Output output) : BackgroundService
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);
    private long _enqueued;
    private long _completed;
    private long _last = Stopwatch.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Clock.UntilNext(settings.SampleEvery), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await SampleAsync();
        }
    }

    private async Task SampleAsync()
    {
        var at = Clock.Now;
        var (now, enqueued, completed) = (Stopwatch.GetTimestamp(), progress.Enqueued, progress.Completed);
        var seconds = Math.Max(0.001, Stopwatch.GetElapsedTime(_last, now).TotalSeconds);
        var window = settings.SampleEvery.TotalSeconds;
        var claims = progress.Claims.Percentiles(0.5, 0.95, 0.99);
        output.Sample(at, "claim_p50_ms", claims[0], LatencyWindow.Seconds);
        output.Sample(at, "claim_p95_ms", claims[1], LatencyWindow.Seconds);
        output.Sample(at, "claim_p99_ms", claims[2], LatencyWindow.Seconds);
        output.Sample(at, "enqueue_rate", (enqueued - _enqueued) / seconds, window);
        output.Sample(at, "completion_rate", (completed - _completed) / seconds, window);
        (_last, _enqueued, _completed) = (now, enqueued, completed);

        // The depth is one observation for all instances: the first makes it. A server that is away must not hold up the samples.
        if (settings.Instance == 0)
        {
            using var patience = new CancellationTokenSource(_patience);
            await depth.ReadAsync(patience.Token);
            output.Sample(at, "queue_depth", depth.Last, 0);
        }
    }
}
