using System.Globalization;
using Jobs.TestServers;

namespace Jobs.HttpBenchmarks.Driving;

/// <summary>Loads the services in turn, round by round, so that foreign load hits all alike, and prints medians with their ratios.</summary>
internal sealed class Comparison(ComparisonOptions options)
{
    public async Task RunAsync()
    {
        Console.WriteLine("| storage, connections | Jobs: submits/s | bare: inserts/s | ratio, median (range) | p50 / p99 ms, Jobs | bare | CPU µs, Jobs | bare |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var folder = Directory.CreateTempSubdirectory("jobs-http-benchmarks-");
        try
        {
            if (options.Only is "" or "sqlite")
                await CompareAsync("sqlite", () => Task.FromResult($"Data Source={Path.Combine(folder.FullName, Guid.NewGuid().ToString("N"))}.db"));

            if (options.Only is "" or "postgres")
            {
                await using var server = await PostgreSqlServer.StartAsync();
                await CompareAsync("postgres", server.CreateDatabaseAsync);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task CompareAsync(string storage, Func<Task<string>> create)
    {
        await using var jobs = await Contender.StartAsync($"jobs-{storage}", await create());
        await using var bare = await Contender.StartAsync($"bare-{storage}", await create());

        // Until everything that is compiled just in time has been.
        foreach (var contender in (Contender[])[jobs, bare])
            await Load.MeasureAsync(contender, options.Connections[^1], options.Duration);

        foreach (var connections in options.Connections)
        {
            var ours = new List<Load>();
            var theirs = new List<Load>();
            for (var round = 0; round < options.Rounds; round++)
            {
                ours.Add(await Load.MeasureAsync(jobs, connections, options.Duration));
                theirs.Add(await Load.MeasureAsync(bare, connections, options.Duration));
            }

            var ratios = ours.Zip(theirs, static (our, their) => our.PerSecond / their.PerSecond).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {storage}, {connections} | {Median(ours, static l => l.PerSecond):N0} | {Median(theirs, static l => l.PerSecond):N0} | {ratios[ratios.Count / 2]:P0} ({ratios[0]:P0} to {ratios[^1]:P0}) | {Latency(ours)} | {Latency(theirs)} | {Median(ours, static l => l.ProcessorMicroseconds):N0} | {Median(theirs, static l => l.ProcessorMicroseconds):N0} |"));
        }
    }

    private static string Latency(List<Load> loads) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(loads, static l => l.P50):0.00} / {Median(loads, static l => l.P99):0.00}");

    private static double Median(List<Load> loads, Func<Load, double> value) => loads.Select(value).Order().ElementAt(loads.Count / 2);
}
