using Jobs.Chaos.Tests.Databases;
using Xunit;

namespace Jobs.Chaos.Tests;

/// <summary>Workers on PostgreSQL that die, stall, have a wrong clock, or are of different versions.</summary>
public sealed class PostgreSqlWorkerTests(ChaosServer chaos) : IClassFixture<ChaosServer>
{
    [Fact]
    public async Task Workers_are_killed_at_random_and_nothing_is_lost()
    {
        await using var scenario = await Scenario.BeginAsync(await chaos.CreateChaosDatabaseAsync());
        var enqueuer = await scenario.PrepareAsync(count: 400);
        await scenario.StartWorkersAsync(2);
        enqueuer.Go();
        for (var kill = 0; kill < 6; kill++)
        {
            await scenario.MoreRunsAsync(scenario.Random.Next(10, 40));
            await scenario.ReplaceAnyWorkerAsync();
        }

        await scenario.ConcludeAsync("workers killed at random", enqueuer);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_past_its_lease_and_goes_on_writes_nothing_over()
    {
        await using var scenario = await Scenario.BeginAsync(await chaos.CreateChaosDatabaseAsync());
        var enqueuer = await scenario.PrepareAsync(count: 300);
        var stalled = await scenario.StartWorkerAsync();
        enqueuer.Go();
        await scenario.StartWorkerAsync();
        await scenario.StallAsync(stalled);
        var verdict = await scenario.ConcludeAsync("a worker stopped past its lease", enqueuer);
        Assert.NotEqual(0, verdict.TakenOver);
    }

    [Fact]
    public async Task An_enqueuer_is_killed_and_what_it_was_told_is_stored_is_there()
    {
        await using var scenario = await Scenario.BeginAsync(await chaos.CreateChaosDatabaseAsync());
        var enqueuer = await scenario.PrepareAsync(count: 100_000);
        await scenario.StartWorkerAsync();
        enqueuer.Go();
        await scenario.AcceptedAsync(150);
        await scenario.KillAsync(enqueuer);
        await scenario.StartWorkerAsync();
        await scenario.ConcludeAsync("the enqueuer killed");
    }

    [Theory]
    [InlineData("01:00:00")]
    [InlineData("-01:00:00")]
    public async Task A_worker_whose_clock_is_an_hour_wrong_neither_hurries_nor_waits_nor_kills(string offset)
    {
        await using var scenario = await Scenario.BeginAsync(await chaos.CreateChaosDatabaseAsync());
        var enqueuer = await scenario.PrepareAsync(count: 200);
        await scenario.StartWorkerAsync();
        await scenario.StartWorkerAsync(Scenario.CurrentProgram, ("clock-offset", offset));
        enqueuer.Go();
        await scenario.MoreRunsAsync(20);
        await scenario.ReplaceAnyWorkerAsync(("clock-offset", offset));
        await scenario.ConcludeAsync($"a clock wrong by {offset}", enqueuer);
        Assert.Equal(0, await ((PostgreSqlChaosDatabase)scenario.Database).CountRunsBeforeDueAsync());
    }

    [Fact]
    public async Task Two_versions_run_only_what_they_know_and_an_unknown_name_blocks_nothing()
    {
        await using var scenario = await Scenario.BeginAsync(await chaos.CreateChaosDatabaseAsync(), unending: "forsaken");
        var oldEnqueuer = await scenario.PrepareAsync(count: 0, oddities: 20, Scenario.OldProgram);
        var enqueuer = await scenario.PrepareAsync(count: 200, oddities: 20);
        (string, string) patience = ("no-handler-grace", "01:00:00");
        var oldWorker = await scenario.StartWorkerAsync(Scenario.OldProgram, patience);
        var worker = await scenario.StartWorkerAsync(Scenario.CurrentProgram, patience);
        oldEnqueuer.Go();
        enqueuer.Go();
        var verdict = await scenario.ConcludeAsync("two versions", oldEnqueuer, enqueuer);

        Assert.Equal(20, verdict.RunsOf("letter").DistinctBy(run => run.Job).Count());
        Assert.Equal(20, verdict.RunsOf("parcel").DistinctBy(run => run.Job).Count());
        Assert.All(verdict.RunsOf("letter"), run => Assert.Equal(oldWorker.Id, run.ProcessId));
        Assert.All(verdict.RunsOf("parcel"), run => Assert.Equal(worker.Id, run.ProcessId));

        // The jobs that nobody knows wait, for everybody to see.
        Assert.Equal(40, verdict.JobsOf("forsaken").Count());
        Assert.All(verdict.JobsOf("forsaken"), job => Assert.Equal("pending", job.Status));
    }
}
