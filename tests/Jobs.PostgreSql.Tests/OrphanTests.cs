using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>Jobs are not failed for want of a worker that has had no time to come up.</summary>
public sealed class OrphanTests(ServerFixture server) : StorageTests
{
    [Fact]
    public async Task After_a_time_without_workers_jobs_wait_for_those_that_know_them()
    {
        var id = await InsertAsync("rare");
        await Harness.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, (await MaintainAsync(noHandlerGrace: TimeSpan.FromMinutes(5))).Orphaned);

        await StartWorkerAsync("early");
        Assert.Equal(0, (await MaintainAsync(noHandlerGrace: TimeSpan.FromMinutes(5))).Orphaned);

        Assert.Equal(id, (await (await StartWorkerAsync("late", ["rare"])).ClaimOneAsync()).Id);
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);
}
