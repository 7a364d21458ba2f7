using System.Diagnostics;
using System.Globalization;
using Jobs.Benchmarks;
using Jobs.StorageBenchmarks.Contenders;
using Jobs.StorageBenchmarks.Results;
using Jobs.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.StorageBenchmarks;

/// <summary>
/// How the drain grows with worker processes on one PostgreSQL server. Workers are running and the queue is paused while jobs are
/// enqueued; what is measured begins when it is resumed. Where all share a machine, the processes also share its cores.
/// </summary>
internal sealed class Scaling(PostgreSqlServer server, IReadOnlyList<int> workers, int rounds, int jobs)
{
    private const int Batch = 1000;
    private const string Queue = "default";
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private readonly Mail[] _batch = Enumerable.Repeat(Mail.Sample, Batch).ToArray();

    /// <returns>Jobs per second by the number of processes: the median, the least and the most.</returns>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync()
    {
        var rates = workers.ToDictionary(static count => count, static _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var count in workers)
                rates[count].Add(await DrainAsync(count));
        }

        var facts = new Dictionary<string, double>();
        foreach (var (count, values) in rates)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"scaling.{count}");
            (facts[key], facts[key + ".least"], facts[key + ".most"]) = (Statistics.Median(values), values.Min(), values.Max());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} worker processes: {Statistics.Median(values):N0} jobs/s ({values.Min():N0} to {values.Max():N0})"));
        }

        return facts;
    }

    private async Task<double> DrainAsync(int count)
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var services = new ServiceCollection().AddLogging().AddSingleton(Arrivals.Current).AddJobs(options => options.UsePostgreSql(connectionString).ClientOnly()).BuildServiceProvider();
        var (client, manager) = (services.GetRequiredService<JobClient>(), services.GetRequiredService<IJobManager>());
        var processes = new List<WorkerProcess>();
        try
        {
            for (var i = 0; i < count; i++)
                processes.Add(await WorkerProcess.StartAsync(connectionString));

            // A job first, so that all is compiled and connected.
            await client.NoOp.EnqueueManyAsync(_batch);
            await WaitAsync(processes, Batch);
            await manager.PauseQueueAsync(Queue);
            for (var left = jobs; left > 0; left -= Batch)
                await client.NoOp.EnqueueManyAsync(_batch);

            var expected = Batch + ((jobs + Batch - 1) / Batch * Batch);
            var start = Stopwatch.GetTimestamp();
            await manager.ResumeQueueAsync(Queue);
            await WaitAsync(processes, expected);
            return (expected - Batch) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }

    private static async Task WaitAsync(List<WorkerProcess> processes, long count)
    {
        for (var start = Stopwatch.GetTimestamp(); processes.Sum(static process => process.Ran) < count; await Task.Delay(_between))
        {
            if (Stopwatch.GetElapsedTime(start) > _patience)
                throw new TimeoutException("The workers did not run all jobs.");
        }
    }
}
