using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Jobs.Chaos.Tests.Checking;
using Jobs.Chaos.Tests.Databases;
using Jobs.Chaos.Tests.Processes;
using Xunit;

namespace Jobs.Chaos.Tests;

/// <summary>One story: a fresh database, processes that come and go, what they said, and the verdict in the end.</summary>
internal sealed class Scenario : IAsyncDisposable
{
    public const string CurrentProgram = "Jobs.Chaos.Worker";
    public const string OldProgram = "Jobs.Chaos.OldWorker";

    private readonly ChaosDatabase _database;
    private readonly List<ChaosProcess> _processes = [];
    private readonly InvariantWatch _watch;
    private readonly int _seed = System.Random.Shared.Next();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private Scenario(ChaosDatabase database)
    {
        _database = database;
        _watch = new InvariantWatch(database);
        Random = new Random(_seed);
    }

    public ChaosDatabase Database => _database;

    public Random Random { get; }

    public Ledger Ledger { get; } = new();

    /// <summary>The workers that are alive.</summary>
    public List<ChaosProcess> Workers { get; } = [];

    public int Kills { get; private set; }

    /// <summary>The name that nobody shall have ended in the end; usually none.</summary>
    public string Unending { get; init; } = string.Empty;

    public static async Task<Scenario> BeginAsync(ChaosDatabase database, string unending = "")
    {
        var scenario = new Scenario(database) { Unending = unending };
        await database.CreateAuditTablesAsync();
        return scenario;
    }

    /// <summary>Starts an enqueuer and lets it store the jobs that cannot end well; some of them are spoiled by hand.</summary>
    public async Task<ChaosProcess> PrepareAsync(int count, int oddities = 3, string program = CurrentProgram)
    {
        var enqueuer = Start(program, ("role", "enqueuer"), ("count", Text(count)), ("oddities", Text(oddities)));
        await Within(enqueuer.Prepared, "an enqueuer to start");
        Assert.Equal(Ledger.CountAccepted("brittle"), await _database.SpoilPayloadsAsync("brittle"));
        return enqueuer;
    }

    public async Task<ChaosProcess> StartWorkerAsync(string program = CurrentProgram, params (string Key, string Value)[] settings)
    {
        var worker = Start(program, settings);
        Workers.Add(worker);
        await Within(worker.Started, "a worker to start");
        _watch.Start();
        return worker;
    }

    public Task StartWorkersAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartWorkerAsync()));

    /// <summary>Kills any worker and starts another one in its place.</summary>
    public async Task ReplaceAnyWorkerAsync(params (string Key, string Value)[] settings)
    {
        await KillAsync(Workers[Random.Next(Workers.Count)]);
        await StartWorkerAsync(CurrentProgram, settings);
    }

    public async Task KillAsync(ChaosProcess process)
    {
        Workers.Remove(process);
        await process.KillAsync();
        Kills++;
    }

    /// <summary>Stops a worker in the middle of a slow job until its lease was declared lost, and lets it go on as if nothing had been.</summary>
    public async Task StallAsync(ChaosProcess worker)
    {
        await UntilAsync("a worker to begin a slow job", () => Task.FromResult(Ledger.IsRunningSlowly(worker.Id)));
        worker.Stop();
        await UntilAsync("a stopped worker to be declared dead", async () =>
        {
            // It may have been stopped while it held a lock that nobody can go on without; so it is stopped again somewhere else.
            if (await _database.IsBlockedAsync())
            {
                worker.Continue();
                await UntilAsync("a stopped worker to drop its lock", async () => !await _database.IsBlockedAsync());
                worker.Stop();
            }

            return await _database.IsDeclaredDeadAsync(worker.Id);
        });
        worker.Continue();
    }

    /// <summary>Waits until so many more runs were reported, so that what comes next hits the work in the middle.</summary>
    public Task MoreRunsAsync(int runs) => UntilAsync(Ledger.Runs + runs, () => Ledger.Runs);

    public Task AcceptedAsync(int jobs) => UntilAsync(jobs, () => Ledger.Accepted);

    public async Task UntilAsync(string what, Func<Task<bool>> isTrue)
    {
        var deadline = _clock.Elapsed + Limits.Patience;
        while (!await isTrue())
        {
            if (_clock.Elapsed > deadline)
                Assert.Fail($"Waited in vain for {what}. {await Verdict.DescribeUnfinishedAsync(_database)}{Describe()}");

            await Task.Delay(Limits.PollInterval);
        }
    }

    public async Task Within(Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(Limits.Patience)) != task)
            Assert.Fail($"Waited in vain for {what}. {Describe()}");

        await task;
    }

    /// <summary>Ends the enqueueing, waits until all jobs have ended, stops the workers in good order, checks everything, and tells the figures.</summary>
    public async Task<Verdict> ConcludeAsync(string title, params ChaosProcess[] enqueuers)
    {
        foreach (var enqueuer in enqueuers)
        {
            var end = enqueuer.ShutDownAsync();
            await Within(end, "an enqueuer to end");
            Assert.True(await end == 0, $"An enqueuer failed. {Describe()}");
        }

        await UntilAsync("all jobs to end", HaveAllEndedAsync);
        foreach (var worker in Workers)
        {
            var end = worker.ShutDownAsync();
            await Within(end, "a worker to stop");
            Assert.True(await end == 0, $"A worker did not stop well. {Describe()}");
        }

        await _watch.StopAsync();
        var verdict = await Verdict.ReachAsync(_database, Ledger, Unending);
        Figures.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{_database.Storage}, {title}: {verdict.Jobs} jobs, {Ledger.Refused} refused calls, {Kills} kills, {verdict.TakenOver} taken over, {verdict.GivenBack} given back, {verdict.Retried} retried, {verdict.Duplicates} duplicates of at-least-once runs, {verdict.Effects} effects exactly once, {_watch.Looks} looks at the invariants, {_clock.Elapsed.TotalSeconds:0.0} s (seed {_seed})"));
        return verdict;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();

        await _watch.DisposeAsync();
        await _database.DisposeAsync();
    }

    private ChaosProcess Start(string program, params (string Key, string Value)[] settings)
    {
        var arguments = new Dictionary<string, string> { ["storage"] = _database.Storage, ["connection"] = _database.ConnectionString };
        foreach (var (key, value) in settings)
            arguments[key] = value;

        var process = ChaosProcess.Start(program, arguments, Ledger.Note);
        _processes.Add(process);
        return process;
    }

    private async Task<bool> HaveAllEndedAsync()
    {
        try
        {
            return await _database.CountUnfinishedAsync(Unending) == 0;
        }
        catch (DbException exception) when (_database.IsAway(exception))
        {
            return false;
        }
    }

    private Task UntilAsync(int goal, Func<int> count) => UntilAsync($"{goal} of what has reached {count()}", () => Task.FromResult(count() >= goal));

    private string Describe() => string.Join(Environment.NewLine, [$"(seed {_seed}, {Ledger})", .. _processes.Select(process => process.ToString())]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
