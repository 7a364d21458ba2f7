using System.Data.Common;
using System.Text.Json;
using Jobs.Chaos.Tests.Databases;
using Jobs.Chaos.Tests.Processes;
using Xunit;

namespace Jobs.Chaos.Tests;

/// <summary>Schedules of a second, fired by three processes without a leader: each tick is one job, whatever happens to them.</summary>
public sealed class ScheduleChaosTests(ChaosServer chaos) : IClassFixture<ChaosServer>
{
    private const int Schedules = 3;
    private static readonly string[] _clocks = ["00:00:00", "01:00:00", "-01:00:00"];

    [Fact]
    public async Task Each_tick_is_one_job_through_kills_freezes_wrong_clocks_and_a_restart_of_the_server()
    {
        var server = chaos.OwnServer;
        var database = await chaos.CreateChaosDatabaseAsync();
        await using var scenario = await Scenario.BeginAsync(database);
        await Task.WhenAll(_clocks.Select(clock => StartAsync(scenario, clock)));

        // Killed right after a tick, when all of them are firing.
        await scenario.MoreRunsAsync(2);
        await scenario.KillAsync(scenario.Workers[scenario.Random.Next(scenario.Workers.Count)]);
        await StartAsync(scenario, _clocks[1]);

        // Frozen for several ticks, and past its lease: what it was about to fire, others have fired.
        var frozen = scenario.Workers[scenario.Random.Next(scenario.Workers.Count)];
        frozen.Stop();
        await scenario.UntilAsync("a frozen worker to be declared dead", () => database.IsDeclaredDeadAsync(frozen.Id));
        frozen.Continue();

        await scenario.MoreRunsAsync(2);
        await server.StopAsync("immediate");
        await server.StartAgainAsync();
        await scenario.MoreRunsAsync(6);
        await scenario.UntilAsync("the schedules to be ended", async () =>
        {
            try
            {
                await database.EndSchedulesAsync();
                return true;
            }
            catch (DbException exception) when (database.IsAway(exception))
            {
                return false;
            }
        });
        await scenario.ConcludeAsync("schedules of a second");
        await AssertEachTickIsOneJobAsync(database);
    }

    private static async Task AssertEachTickIsOneJobAsync(PostgreSqlChaosDatabase database)
    {
        var schedules = await database.ReadSchedulesAsync();
        Assert.Equal(Schedules, schedules.Count);
        foreach (var (id, document, jobs) in schedules)
        {
            using var json = JsonDocument.Parse(document);
            var state = json.RootElement.GetProperty("state");
            var created = state.GetProperty("createdAt").GetDateTimeOffset();
            var first = created.AddTicks(TimeSpan.TicksPerSecond - (created.Ticks % TimeSpan.TicksPerSecond));
            var last = state.GetProperty("lastTickAt").GetDateTimeOffset();
            var ticks = (long)(last - first).TotalSeconds + 1;
            Assert.True(jobs == ticks, $"Schedule {id} has {jobs} jobs for {ticks} ticks from {first:O} to {last:O}.");
            Assert.Equal(ticks, state.GetProperty("runs").GetInt64());
        }
    }

    private static Task<ChaosProcess> StartAsync(Scenario scenario, string clock) =>
        scenario.StartWorkerAsync(Scenario.CurrentProgram, ("schedules", Schedules.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("clock-offset", clock));
}
