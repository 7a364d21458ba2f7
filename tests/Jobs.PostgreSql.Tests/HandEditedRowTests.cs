using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>Rows that somebody edited by hand into nonsense become visible as failed, and the others run.</summary>
public sealed class HandEditedRowTests(ServerFixture server) : StorageTests
{
    [Theory]
    [InlineData("policy = 'nonsense'", false)]
    [InlineData("policy = 'attempts=many'", false)]
    [InlineData("policy = 'backoff=Sideways'", true)]
    [InlineData("metadata = '[1]'", true)]
    public async Task A_job_that_cannot_be_read_fails_visibly_and_does_not_block_the_next(string edit, bool hasOwnId)
    {
        var inserted = await InsertManyAsync([Job(), Job(priority: 0, details: hasOwnId ? new JobDetails { Id = JobId.From("broken") } : null), Job()]);
        var harness = (PostgreSqlHarness)Harness;
        await harness.ExecuteAsync($"UPDATE {harness.Schema}.job SET {edit} WHERE slot = 1");
        var worker = await StartWorkerAsync();

        var claimed = await worker.ClaimAsync(10);

        Assert.Equal([inserted[0].Id, inserted[2].Id], claimed.Select(job => job.Id));
        var broken = await GetAsync(inserted[1].Id);
        Assert.Equal((JobStatus.Failed, FailureReason.InvalidPayload), (broken.Status, broken.FailureReason));
        foreach (var job in claimed)
            Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(job));

        Assert.Empty(await worker.ClaimAsync(10));
        Assert.Equal(3, (await Storage.ListAsync(new JobFilter(), Cancellation)).Jobs.Count);
    }

    [Fact]
    public async Task A_range_without_its_jobs_is_passed_over()
    {
        await InsertAsync();
        var sound = await InsertAsync();
        var harness = (PostgreSqlHarness)Harness;
        await harness.ExecuteAsync($"DELETE FROM {harness.Schema}.job WHERE pack = (SELECT min(pack) FROM {harness.Schema}.job)");
        var worker = await StartWorkerAsync();

        Assert.Equal(sound, (await worker.ClaimAsync(10)).Single().Id);

        await harness.ExecuteAsync($"DELETE FROM {harness.Schema}.lease WHERE pack NOT IN (SELECT pack FROM {harness.Schema}.job)");
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);
}
