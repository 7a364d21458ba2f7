using Jobs.Chaos.Tests.Databases;
using Xunit;

namespace Jobs.Chaos.Tests;

/// <summary>A SQLite file that several processes share, and that die.</summary>
public sealed class SqliteChaosTests
{
    [Fact]
    public async Task Workers_are_killed_at_random_and_nothing_is_lost()
    {
        await using var scenario = await Scenario.BeginAsync(new SqliteChaosDatabase());
        var enqueuer = await scenario.PrepareAsync(count: 300);
        await scenario.StartWorkersAsync(2);
        enqueuer.Go();
        for (var kill = 0; kill < 5; kill++)
        {
            await scenario.MoreRunsAsync(scenario.Random.Next(10, 40));
            await scenario.ReplaceAnyWorkerAsync();
        }

        await scenario.ConcludeAsync("workers killed at random", enqueuer);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_past_its_lease_and_goes_on_writes_nothing_over()
    {
        await using var scenario = await Scenario.BeginAsync(new SqliteChaosDatabase());
        var enqueuer = await scenario.PrepareAsync(count: 200);
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
        await using var scenario = await Scenario.BeginAsync(new SqliteChaosDatabase());
        var enqueuer = await scenario.PrepareAsync(count: 100_000);
        await scenario.StartWorkerAsync();
        enqueuer.Go();
        await scenario.AcceptedAsync(150);
        await scenario.KillAsync(enqueuer);
        await scenario.StartWorkerAsync();
        await scenario.ConcludeAsync("the enqueuer killed");
    }
}
