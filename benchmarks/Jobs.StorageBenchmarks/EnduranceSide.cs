using System.Diagnostics;
using Jobs.Benchmarks;
using Jobs.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Jobs.StorageBenchmarks;

/// <summary>One of those that <see cref="Endurance"/> compares: a database of its own, and a process's worker on it.</summary>
internal sealed class EnduranceSide : IAsyncDisposable
{
    private const int Batch = 1000;
    private const int Ahead = 20_000;
    private const int Callers = 16;
    private static readonly Mail[] _batch = [.. Enumerable.Repeat(Mail.Sample, Batch)];

    private readonly PostgreSqlServer _server;
    private readonly string _connectionString;
    private readonly IHost _host;
    private readonly JobClient _jobs;
    private readonly NpgsqlDataSource _source;
    private readonly bool _isSingle;
    private NpgsqlConnection? _holder;
    private long _done;
    private TimeSpan _elapsed;

    private EnduranceSide(PostgreSqlServer server, string connectionString, string key, string name, bool isSingle)
    {
        (_server, _connectionString, Key, Name, _isSingle) = (server, connectionString, key, name, isSingle);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddJobs(jobs => jobs.UsePostgreSql(connectionString).Worker(worker => worker.Concurrency = Batch));
        _host = builder.Build();
        _jobs = _host.Services.GetRequiredService<JobClient>();
        _source = NpgsqlDataSource.Create(connectionString);
    }

    public string Key { get; }

    public string Name { get; }

    /// <summary>Jobs per second over all turns but the first, which warms up.</summary>
    public double Rate => _done / _elapsed.TotalSeconds;

    /// <param name="server">The server.</param>
    /// <param name="key">Its name among the facts.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="isSingle">Whether callers enqueue one by one; else a thousand at a time.</param>
    /// <param name="finished">How many finished jobs it begins with.</param>
    /// <param name="isHeld">Whether a transaction is held open for as long as this lives.</param>
    public static async Task<EnduranceSide> OpenAsync(PostgreSqlServer server, string key, string name, bool isSingle, int finished, bool isHeld)
    {
        var side = new EnduranceSide(server, await server.CreateDatabaseAsync(), key, name, isSingle);
        await side._host.StartAsync();
        for (var i = 0; i < finished; i += Ahead)
        {
            var done = Arrivals.Current.Expect(Ahead);
            for (var n = 0; n < Ahead; n += Batch)
                await side._jobs.NoOp.EnqueueManyAsync(_batch);

            await done;
        }

        if (isHeld)
        {
            side._holder = await side._source.OpenConnectionAsync();
            await using var hold = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id()", side._holder);
            await hold.ExecuteNonQueryAsync();
        }

        return side;
    }

    /// <summary>Enqueues for so long while the worker runs, not more than <see cref="Ahead"/> before it, and until it has run all.</summary>
    /// <returns>Jobs per second.</returns>
    public async Task<double> TakeTurnAsync(TimeSpan time, bool isWarmUp)
    {
        var arrivals = Arrivals.Current;
        _ = arrivals.Expect(long.MaxValue);
        var start = Stopwatch.GetTimestamp();
        var enqueued = await Task.WhenAll(Enumerable.Range(0, _isSingle ? Callers : 1).Select(_ => ProduceAsync(arrivals, start, time)));
        while (arrivals.Count < enqueued.Sum())
            await Task.Delay(1);

        var elapsed = Stopwatch.GetElapsedTime(start);
        if (!isWarmUp)
        {
            _done += arrivals.Count;
            _elapsed += elapsed;
        }

        return arrivals.Count / elapsed.TotalSeconds;
    }

    /// <summary>The dead tuples of the tables whose rows come and go, and the size of all in MiB.</summary>
    public async Task<string> DescribeTablesAsync()
    {
        await using var command = _source.CreateCommand(
            """
            SELECT string_agg(to_char(coalesce(s.n_dead_tup, 0), 'FM999,999,990'), ', ' ORDER BY t.n) || ' | ' || (sum(pg_total_relation_size(s.relid)) / 1048576)::bigint
            FROM unnest(ARRAY['ready', 'lease', 'job', 'receipt']) WITH ORDINALITY t(name, n)
            JOIN pg_stat_user_tables s ON s.relname = t.name AND s.schemaname = 'jobs'
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Stops the worker and drops the database: ten minutes leave twenty gigabytes behind.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        if (_holder is not null)
            await _holder.DisposeAsync();

        await _source.DisposeAsync();
        await _server.DropDatabaseAsync(_connectionString);
    }

    private async Task<long> ProduceAsync(Arrivals arrivals, long start, TimeSpan time)
    {
        var count = 0L;
        var share = _isSingle ? Callers : 1;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            if ((count * share) - arrivals.Count > Ahead)
            {
                await Task.Delay(1);
            }
            else if (_isSingle)
            {
                await _jobs.NoOp.EnqueueAsync(Mail.Sample);
                count++;
            }
            else
            {
                await _jobs.NoOp.EnqueueManyAsync(_batch);
                count += Batch;
            }
        }

        return count;
    }
}
