using System.Globalization;
using Jobs;
using Jobs.StorageBenchmarks;
using Jobs.StorageBenchmarks.Contenders;
using Jobs.TestServers;

// dotnet run -c Release --project benchmarks/Jobs.StorageBenchmarks -- [--rounds 3] [--scale 1] [--only postgres|sqlite] [--scenario e2e] [--contender Jobs] [--no-rivals]
// dotnet run -c Release --project benchmarks/Jobs.StorageBenchmarks -- --endurance <seconds per run> [--single]
var rounds = int.Parse(Option("--rounds", "3"), CultureInfo.InvariantCulture);
var scale = double.Parse(Option("--scale", "1"), CultureInfo.InvariantCulture);
var only = Option("--only", string.Empty);
var wanted = Option("--scenario", string.Empty);
var contender = Option("--contender", string.Empty);

await using var server = await PostgreSqlServer.StartAsync();
if (int.Parse(Option("--endurance", "0"), CultureInfo.InvariantCulture) is > 0 and var seconds)
{
    await new Endurance(server, TimeSpan.FromSeconds(seconds), args.Contains("--single")).RunAsync();
    return;
}

var folder = Directory.CreateTempSubdirectory("jobs-storage-benchmarks-");
var groups = new List<IReadOnlyList<IContender>>();
if (only is "" or "postgres")
{
    var meter = await CpuMeter.OfServerAsync(await server.CreateDatabaseAsync());
    var contenders = new List<IContender>
    {
        new JobsContender("Jobs on PostgreSQL", async () =>
        {
            var connection = await server.CreateDatabaseAsync();
            return jobs => jobs.UsePostgreSql(connection);
        }, meter),
        new BarePostgreSql(server.CreateDatabaseAsync, meter),
    };
    if (!args.Contains("--no-rivals") && await NodeContender.InstallAsync() is { } rivals)
    {
        contenders.Add(new NodeContender("graphile-worker 0.17.3, best batching", "graphile", rivals, server.CreateDatabaseAsync));
        contenders.Add(new NodeContender("pg-boss 10.4.2, batches of 1000", "pgboss", rivals, server.CreateDatabaseAsync));
    }

    groups.Add(contenders);
}

if (only is "" or "sqlite")
{
    var meter = new CpuMeter(null);
    string NewFile() => Path.Combine(folder.FullName, Guid.NewGuid().ToString("N") + ".db");
    groups.Add(
    [
        new JobsContender("Jobs on SQLite", () =>
        {
            var file = NewFile();
            return Task.FromResult<Action<JobsBuilder>>(jobs => jobs.UseSqlite($"Data Source={file}"));
        }, meter),
        new BareSqlite(NewFile, meter),
    ]);
}

try
{
    foreach (var contenders in groups)
    {
        await Report.WriteAsync([.. contenders.Where(one => one.Name.Contains(contender, StringComparison.Ordinal))], [.. Scenario.All(scale).Where(scenario => wanted.Length == 0 || scenario.Key == wanted)], rounds);
    }
}
finally
{
    folder.Delete(recursive: true);
}

string Option(string name, string standard)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : standard;
}
