using System.Globalization;
using Jobs.StorageBenchmarks.Contenders;
using Jobs.StorageBenchmarks.Contenders.InMemory;
using Jobs.TestServers;
using Npgsql;

namespace Jobs.StorageBenchmarks;

/// <summary>Who is measured beside whom. The first of a group is the product.</summary>
internal static class Groups
{
    public static IReadOnlyList<IContender> InMemory()
    {
        var meter = new CpuMeter(null);
        return
        [
            new InMemoryJobsContender(keepsRecords: true, meter),
            new ReferenceContender(keepsRecords: true, meter),
            new InMemoryJobsContender(keepsRecords: false, meter),
            new ReferenceContender(keepsRecords: false, meter),
            new QuartzContender(meter),
            new MassTransitContender(meter),
        ];
    }

    public static IReadOnlyList<IContender> Sqlite(string folder)
    {
        var meter = new CpuMeter(null);
        string NewFile() => Path.Combine(folder, Guid.NewGuid().ToString("N") + ".db");
        return
        [
            new JobsContender("Jobs on SQLite", "fully synchronized", new Pace(200_000, (3_000, 16_000, 80_000), 100_000, 100_000), () =>
            {
                var file = NewFile();
                return Task.FromResult<Action<JobsBuilder>>(jobs => jobs.UseSqlite($"Data Source={file}"));
            }, meter),
            new BareSqlite(NewFile, meter),
        ];
    }

    public static async Task<IReadOnlyList<IContender>> PostgreSqlAsync(PostgreSqlServer server)
    {
        var meter = await CpuMeter.OfServerAsync(server.ConnectionString);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var version = source.CreateCommand("SHOW server_version");
        return
        [
            new JobsContender("Jobs on PostgreSQL", $"PostgreSQL {await version.ExecuteScalarAsync()} as installed", new Pace(60_000, (1_500, 5_000, 35_000), 90_000, 100_000), async () =>
            {
                var connection = await server.CreateDatabaseAsync();
                return jobs => jobs.UsePostgreSql(connection);
            }, meter),
            new BarePostgreSql(server.CreateDatabaseAsync, meter),
        ];
    }

    public static async Task<IReadOnlyList<IContender>> RivalsAsync(NodeRivals rivals, PostgreSqlServer server)
    {
        var meter = await CpuMeter.OfServerAsync(server.ConnectionString);
        async Task<string> CreateStoreAsync() => UrlOf(await server.CreateDatabaseAsync());
        return
        [
            new NodeContender("graphile-worker, best batching", "graphile-worker", "graphile-best", "24 jobs at once, a local queue of 500, completion and failure batched", rivals, new Pace(25_000, (1_000, 1_700, 1_100), 20_000, 15_000), CreateStoreAsync, meter),
            new NodeContender("graphile-worker, default", "graphile-worker", "graphile-default", "24 jobs at once", rivals, new Pace(25_000, (1_000, 1_700, 1_100), 1_500, 1_300), CreateStoreAsync, meter),
            new NodeContender("pg-boss", "pg-boss", "pg-boss", "two workers with batches of 1,000, a poll of 0.5 s (its shortest)", rivals, new Pace(25_000, (1_300, 2_600, 3_000), 15_000, 4_000), CreateStoreAsync, meter),
            new NodeContender("dataqueue", "@nicnocquee/dataqueue", "dataqueue", "batches of 200, a poll of 10 ms, no bulk enqueue", rivals, new Pace(1_400, (700, 1_400, 1_400), 700, 600), CreateStoreAsync, meter),
        ];
    }

    public static async Task<IReadOnlyList<IContender>> RedisRivalsAsync(NodeRivals rivals, RedisServer? server)
    {
        var meter = new CpuMeter(server?.ProcessId);
        var redis = server is null ? "without Redis" : $"Redis {await server.GetVersionAsync()}, nothing written to disk";
        async Task<string> CreateStoreAsync()
        {
            if (server is null)
                throw new InvalidOperationException(RedisServer.Unavailable);

            await server.ClearAsync();
            return string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{server.Port}");
        }

        return
        [
            new NodeContender("bullmq", "bullmq", "bullmq", $"50 jobs at once, finished jobs removed; {redis}", rivals, new Pace(20_000, (6_000, 12_000, 14_000), 7_000, 5_000), CreateStoreAsync, meter),
            new NodeContender("bull", "bull", "bull", $"50 jobs at once, finished jobs removed; {redis}", rivals, new Pace(20_000, (6_000, 10_000, 12_000), 7_000, 5_000), CreateStoreAsync, meter),
        ];
    }

    private static string UrlOf(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        return string.Create(CultureInfo.InvariantCulture, $"postgres://{database.Username}@{database.Host}:{database.Port}/{database.Database}");
    }
}
