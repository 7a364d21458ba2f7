using System.Globalization;
using Jobs.Chaos.Tests.Network;
using Jobs.Chaos.Tests.Processes;
using Npgsql;
using Xunit;

namespace Jobs.Chaos.Tests;

/// <summary>A PostgreSQL server that goes away, crashes, has no room, or is behind a broken line.</summary>
public sealed class PostgreSqlServerTests(ChaosServer chaos) : IClassFixture<ChaosServer>
{
    [Fact]
    public async Task Connections_are_terminated_at_random()
    {
        var database = await chaos.CreateChaosDatabaseAsync();
        await using var scenario = await Scenario.BeginAsync(database);
        var enqueuer = await scenario.PrepareAsync(count: 400);
        await scenario.StartWorkersAsync(2);
        enqueuer.Go();
        for (var round = 0; round < 12; round++)
        {
            await scenario.MoreRunsAsync(10);
            var backends = await database.FindBackendsAsync();
            foreach (var backend in scenario.Random.GetItems(backends.ToArray(), 3))
                await database.TerminateBackendAsync(backend);
        }

        await scenario.ConcludeAsync("connections terminated at random", enqueuer);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task The_server_is_restarted_in_the_middle(string mode)
    {
        var server = chaos.OwnServer;
        await using var scenario = await Scenario.BeginAsync(await chaos.CreateChaosDatabaseAsync());
        var enqueuer = await scenario.PrepareAsync(count: 300);
        await scenario.StartWorkersAsync(2);
        enqueuer.Go();
        for (var restart = 0; restart < 2; restart++)
        {
            await scenario.MoreRunsAsync(30);
            await server.StopAsync(mode);
            await server.StartAgainAsync();
        }

        await scenario.ConcludeAsync($"the server restarted ({mode})", enqueuer);
    }

    [Fact]
    public async Task The_server_has_no_connection_left_for_a_while()
    {
        var server = chaos.OwnServer;
        var database = await chaos.CreateChaosDatabaseAsync();
        await using var scenario = await Scenario.BeginAsync(database);
        var enqueuer = await scenario.PrepareAsync(count: 300);
        await scenario.StartWorkersAsync(2);
        enqueuer.Go();
        await scenario.MoreRunsAsync(20);
        await using (var crowd = new ConnectionCrowd(server.ConnectionString))
        {
            // Connections that the application loses now go to the crowd.
            for (var round = 0; round < 3; round++)
            {
                foreach (var backend in await database.FindBackendsAsync())
                    await database.TerminateBackendAsync(backend);

                await crowd.FillAsync();
            }

            await scenario.UntilAsync("the crowd to stay long enough", () => Task.FromResult(crowd.Age > Limits.Lease * 1.5));
        }

        await scenario.ConcludeAsync("no connection left for a while", enqueuer);
    }

    [Fact]
    public async Task Connections_are_cut_half_open()
    {
        var server = chaos.OwnServer;
        var database = await chaos.CreateChaosDatabaseAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var scenario = await Scenario.BeginAsync(database);
        var enqueuer = await scenario.PrepareAsync(count: 300);
        await scenario.StartWorkerAsync();
        var throughProxy = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = proxy.Port }.ConnectionString;
        var cutOff = await scenario.StartWorkerAsync(Scenario.CurrentProgram, ("connection", throughProxy));
        enqueuer.Go();
        await scenario.UntilAsync("the worker behind the proxy to work", () => Task.FromResult(scenario.Ledger.CountRuns(cutOff.Id) > 10));
        Assert.NotEqual(0, proxy.CutHalfOpen());

        // It notices by itself that nobody answers, and works again on new connections.
        var before = scenario.Ledger.CountRuns(cutOff.Id);
        await scenario.UntilAsync("the worker behind the proxy to notice", () => Task.FromResult(scenario.Ledger.CountRuns(cutOff.Id) > before));
        proxy.CloseHalfOpen();
        await scenario.ConcludeAsync("connections cut half-open", enqueuer);
    }

    [Fact]
    public async Task The_server_crashes_right_after_a_claim()
    {
        var server = chaos.OwnServer;
        var database = await chaos.CreateChaosDatabaseAsync();
        await using var scenario = await Scenario.BeginAsync(database);
        var enqueuer = await scenario.PrepareAsync(count: 300);
        await scenario.StartWorkersAsync(2);
        enqueuer.Go();
        for (var crash = 0; crash < 3; crash++)
        {
            await scenario.MoreRunsAsync(20);
            await scenario.UntilAsync("a backend that has just claimed", async () =>
            {
                var backends = await database.FindBackendsAsync("%claim(%");
                if (backends.Count == 0)
                    return false;

                // The server takes the death of one of its processes for a corruption of its memory, and starts anew from its log.
                Signal.Kill(backends[0]);
                return true;
            });
            await scenario.UntilAsync("the server to be back", () => IsUpAsync(server.ConnectionString));
        }

        await scenario.ConcludeAsync("the server crashed after a claim", enqueuer);
    }

    private static async Task<bool> IsUpAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(string.Create(CultureInfo.InvariantCulture, $"{connectionString};Pooling=false"));
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
