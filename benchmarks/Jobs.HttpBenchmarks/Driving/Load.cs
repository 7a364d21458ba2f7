namespace Jobs.HttpBenchmarks.Driving;

/// <summary>What came of one measurement.</summary>
/// <param name="PerSecond">Accepted jobs or rows per second.</param>
/// <param name="P50">The median latency in milliseconds.</param>
/// <param name="P99">The latency that one in a hundred exceeded, in milliseconds.</param>
/// <param name="ProcessorMicroseconds">The service's processor time per request.</param>
internal sealed record Load(double PerSecond, double P50, double P99, double ProcessorMicroseconds)
{
    public static async Task<Load> MeasureAsync(Contender contender, int connections, TimeSpan duration)
    {
        var before = contender.ProcessorTime;
        var callers = new LoadConnection[connections];
        for (var i = 0; i < connections; i++)
            callers[i] = new LoadConnection(contender.Address, contender.Request);

        try
        {
            await Task.WhenAll(callers.Select(caller => caller.RunAsync(duration)));
        }
        finally
        {
            foreach (var caller in callers)
                caller.Dispose();
        }

        var latencies = callers.SelectMany(static caller => caller.Latencies).Order().ToList();
        return new Load(
            latencies.Count / duration.TotalSeconds,
            latencies[latencies.Count / 2].TotalMilliseconds,
            latencies[(int)(latencies.Count * 0.99)].TotalMilliseconds,
            (contender.ProcessorTime - before).TotalMicroseconds / latencies.Count);
    }
}
