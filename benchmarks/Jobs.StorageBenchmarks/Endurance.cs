using System.Diagnostics;
using System.Globalization;
using Jobs.Benchmarks;
using Jobs.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Jobs.StorageBenchmarks;

/// <summary>
/// Throughput over minutes on PostgreSQL: on clean tables, with many finished jobs kept, and with a transaction that holds an
/// id for the whole run. Prints a curve per run (jobs per second and dead tuples, every few seconds) and compares the means.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="time">How long each run takes.</param>
/// <param name="isSingle">Whether callers enqueue one by one; else a thousand at a time.</param>
/// <param name="kept">How many finished jobs the second run begins with; 0: there is none.</param>
internal sealed class Endurance(PostgreSqlServer server, TimeSpan time, bool isSingle, int kept)
{
    private const int Batch = 1000;
    private const int Ahead = 20_000;
    private const int Callers = 16;
    private readonly TimeSpan _interval = Shorter(time / 4);
    private readonly TimeSpan _warmUp = Shorter(time);
    private readonly Mail[] _batch = Enumerable.Repeat(Mail.Sample, Batch).ToArray();

    /// <returns>The rates, and how long each run took.</returns>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync()
    {
        var clean = await RunAsync("clean", finished: 0, isHeld: false);
        var facts = new Dictionary<string, double> { ["endurance.seconds"] = time.TotalSeconds, ["endurance.kept"] = kept, ["endurance.clean"] = clean };
        foreach (var (key, name, finished, isHeld) in new[] { ("finished", string.Create(CultureInfo.InvariantCulture, $"{kept:N0} finished jobs kept"), kept, false), ("held", "a transaction id held open", 0, true) })
        {
            if (finished == 0 && !isHeld)
                continue;

            var rate = await RunAsync(name, finished, isHeld);
            facts["endurance." + key] = rate;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {rate:N0} jobs/s, {rate / clean:P0} of the clean run's {clean:N0}\n"));
        }

        return facts;
    }

    private async Task<double> RunAsync(string name, int finished, bool isHeld)
    {
        // Ten minutes leave twenty gigabytes behind.
        var connection = await server.CreateDatabaseAsync();
        var rate = await RunAsync(connection, name, finished, isHeld);
        await server.DropDatabaseAsync(connection);
        return rate;
    }

    private async Task<double> RunAsync(string connection, string name, int finished, bool isHeld)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var arrivals = Arrivals.Current;
        builder.Services.AddSingleton(arrivals);
        builder.Services.AddJobs(jobs => jobs.UsePostgreSql(connection).Worker(worker => worker.Concurrency = Batch));
        using var host = builder.Build();
        await host.StartAsync();
        var jobs = host.Services.GetRequiredService<JobClient>();
        await using var source = NpgsqlDataSource.Create(connection);
        for (var i = 0; i < finished; i += Ahead)
        {
            var done = arrivals.Expect(Ahead);
            for (var n = 0; n < Ahead; n += Batch)
                await jobs.NoOp.EnqueueManyAsync(_batch);

            await done;
        }

        await using var holder = await source.OpenConnectionAsync();
        if (isHeld)
        {
            await using var hold = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id()", holder);
            await hold.ExecuteNonQueryAsync();
        }

        _ = arrivals.Expect(long.MaxValue);
        Console.WriteLine($"## {name}\n\n| s | jobs/s | dead tuples: ready | scheduled | lease | job | receipt | MiB |\n|---|---|---|---|---|---|---|---|");
        using var stopping = new CancellationTokenSource();
        var producing = isSingle
            ? Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => ProduceAsync(jobs, arrivals, 1, stopping.Token)))
            : ProduceAsync(jobs, arrivals, Batch, stopping.Token);
        await Task.Delay(_warmUp);
        var (start, before) = (Stopwatch.GetTimestamp(), arrivals.Count);
        var (last, lastCount) = (start, before);
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            await Task.Delay(_interval);
            var (now, count) = (Stopwatch.GetTimestamp(), arrivals.Count);
            var tables = await TablesAsync(source);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Stopwatch.GetElapsedTime(start, now).TotalSeconds:0} | {(count - lastCount) / Stopwatch.GetElapsedTime(last, now).TotalSeconds:N0} | {tables} |"));
            (last, lastCount) = (now, count);
        }

        var rate = (lastCount - before) / Stopwatch.GetElapsedTime(start, last).TotalSeconds;
        Console.WriteLine();
        await stopping.CancelAsync();
        await producing;
        await host.StopAsync();
        return rate;
    }

    /// <summary>Enqueues, and stays not more than <see cref="Ahead"/> before the worker.</summary>
    private async Task ProduceAsync(JobClient jobs, Arrivals arrivals, int size, CancellationToken cancellationToken)
    {
        for (var ahead = arrivals.Count; !cancellationToken.IsCancellationRequested;)
        {
            if (ahead - arrivals.Count > (isSingle ? Ahead / Callers : Ahead))
            {
                await Task.Delay(1, CancellationToken.None);
                continue;
            }

            if (size == 1)
                await jobs.NoOp.EnqueueAsync(Mail.Sample, null, CancellationToken.None);
            else
                await jobs.NoOp.EnqueueManyAsync(_batch, null, CancellationToken.None);

            ahead += isSingle ? Callers : size;
        }
    }

    private static TimeSpan Shorter(TimeSpan time) => time < TimeSpan.FromSeconds(5) ? time : TimeSpan.FromSeconds(5);

    private static async Task<string> TablesAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            SELECT string_agg(to_char(coalesce(s.n_dead_tup, 0), 'FM999,999,990'), ' | ' ORDER BY t.n) || ' | ' || (sum(pg_total_relation_size(s.relid)) / 1048576)::bigint
            FROM unnest(ARRAY['ready', 'scheduled', 'lease', 'job', 'receipt']) WITH ORDINALITY t(name, n)
            JOIN pg_stat_user_tables s ON s.relname = t.name AND s.schemaname = 'jobs'
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
