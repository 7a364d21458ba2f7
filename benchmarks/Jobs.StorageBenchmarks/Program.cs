using System.Globalization;
using Jobs.StorageBenchmarks;
using Jobs.StorageBenchmarks.Contenders;
using Jobs.StorageBenchmarks.Control;
using Jobs.StorageBenchmarks.Reporting;
using Jobs.StorageBenchmarks.Results;
using Jobs.TestServers;

if (args is ["--help"])
{
    Console.WriteLine(Options.Usage);
    return;
}

var options = Options.Parse(args);
if (options.Report is { } figures)
{
    await Report.WriteAsync(figures);
    return;
}

if (options.Fact?.Split('=') is [var fact, var figure])
{
    await WriteAsync(fact, fact, result =>
    {
        result.Facts[fact] = double.Parse(figure, CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    });
    return;
}

if (options.Work is { } connectionString)
{
    await WorkerProcess.RunAsync(connectionString);
    return;
}

if (options.Workers.Count > 0)
{
    await using var server = await PostgreSqlServer.StartAsync();
    await WriteAsync("scaling", "Worker processes on one PostgreSQL server", async result =>
    {
        foreach (var (name, value) in await new Scaling(server, options.Workers, options.Rounds, (int)(options.Seconds * 100_000)).RunAsync())
            result.Facts[name] = value;
    });
    return;
}

if (options.IsDispatch)
{
    await WriteAsync("dispatch", "Dispatch", result =>
    {
        foreach (var (name, value) in DispatchMeasurement.Run(options.Rounds))
            result.Facts[name] = value;

        return Task.CompletedTask;
    });
    return;
}

if (options.Endurance > 0)
{
    await using var server = await PostgreSqlServer.StartAsync();
    await WriteAsync("endurance", "PostgreSQL over time", async result =>
    {
        foreach (var (name, value) in await new Endurance(server, TimeSpan.FromSeconds(options.Endurance), options.IsSingle, options.Kept).RunAsync())
            result.Facts[name] = value;
    });
    return;
}

if (options.IsControl)
{
    await ControlBenchmark.RunAsync(options.Only, options.Scale);
    return;
}

if (options.Only is "" or "memory")
    await CompareAsync("memory", "In memory", Groups.InMemory());

if (options.Only is "" or "sqlite")
{
    var folder = Directory.CreateTempSubdirectory("jobs-storage-benchmarks-");
    try
    {
        await CompareAsync("sqlite", "SQLite", Groups.Sqlite(folder.FullName));
    }
    finally
    {
        folder.Delete(recursive: true);
    }
}

if (options.Only is "" or "postgres")
{
    await using var server = await PostgreSqlServer.StartAsync();
    var contenders = new List<IContender>(await Groups.PostgreSqlAsync(server));
    if (!options.HasRivals)
    {
        await CompareAsync("postgres", "PostgreSQL", contenders);
        return;
    }

    await using var redis = RedisServer.Unavailable is null ? await RedisServer.StartAsync() : null;
    var rivals = await NodeRivals.InstallAsync();
    contenders.AddRange(await Groups.RivalsAsync(rivals, server));
    contenders.AddRange(await Groups.RedisRivalsAsync(rivals, redis));
    await CompareAsync("postgres", "PostgreSQL, and Redis", contenders);
}

Task CompareAsync(string key, string title, IReadOnlyList<IContender> contenders) => WriteAsync(key, title, async result =>
{
    Console.WriteLine($"== {title}");
    IReadOnlyList<IContender> chosen = [.. contenders.Where(one => one.Name.Contains(options.Contender, StringComparison.Ordinal))];
    IReadOnlyList<Scenario> scenarios = [.. Scenario.All.Where(one => options.Scenario.Length == 0 || one.Key == options.Scenario)];
    result.Participants.AddRange(chosen.Select(static one => new Participant(one.Name, one.Configuration)));
    result.Scenarios.AddRange(await new Comparison(chosen, scenarios, options.Rounds, options.Seconds).RunAsync());
});

async Task WriteAsync(string key, string title, Func<GroupResult, Task> fill)
{
    var result = new GroupResult(key, title) { Machine = Machine.Current, Command = string.Join(' ', args), StartedAt = TimeProvider.System.GetUtcNow() };
    result.Load.Add(Machine.Load());
    await fill(result);
    result.Load.Add(Machine.Load());
    result.EndedAt = TimeProvider.System.GetUtcNow();
    if (options.Out is { } folder)
        await result.WriteAsync(folder);
}
