using System.Text.Json;
using Jobs.Storage;
using Xunit;

namespace Jobs.Sqlite.Tests;

public sealed class HandEditedRowTests : SqliteFile
{
    [Theory]
    [InlineData("UPDATE jobs_job SET policy = 'nonsense' WHERE job = 1")]
    [InlineData("UPDATE jobs_job SET policy = 'attempts=many' WHERE job = 1")]
    [InlineData("UPDATE jobs_job SET policy = 'backoff=Sideways' WHERE job = 1")]
    [InlineData("UPDATE jobs_job SET tags = '{' WHERE job = 1")]
    [InlineData("UPDATE jobs_job SET metadata = '[1]' WHERE job = 1")]
    public async Task A_job_that_cannot_be_read_fails_visibly_and_does_not_block_the_next(string edit)
    {
        var storage = await OpenAsync();
        var broken = (await storage.InsertAsync(Job(), null, Cancellation)).Id;
        var sound = (await storage.InsertAsync(Job(), null, Cancellation)).Id;
        Execute(edit);

        var exchange = await ExchangeAsync(storage);

        Assert.Equal(sound, Assert.Single(exchange.Claimed).Id);
        var snapshot = await storage.GetAsync(broken, JobParts.Payload, Cancellation);
        Assert.Equal(JobStatus.Failed, snapshot?.Status);
        Assert.Equal(FailureReason.InvalidPayload, snapshot?.FailureReason);
    }

    [Fact]
    public async Task A_payload_that_is_not_JSON_is_shown_as_text()
    {
        var storage = await OpenAsync();
        var id = (await storage.InsertAsync(Job(), null, Cancellation)).Id;
        Execute("UPDATE jobs_job SET payload = CAST('no json' AS BLOB)");

        var payload = (await storage.GetAsync(id, JobParts.Payload, Cancellation))?.Payload;

        Assert.Equal(JsonValueKind.String, payload?.ValueKind);
        Assert.Equal("no json", payload?.GetString());
    }

    [Fact]
    public async Task A_ready_row_without_a_job_is_passed_over()
    {
        var storage = await OpenAsync();
        await storage.InsertAsync(Job(), null, Cancellation);
        var sound = (await storage.InsertAsync(Job(), null, Cancellation)).Id;
        Execute("DELETE FROM jobs_job WHERE job = 1");

        Assert.Equal(sound, Assert.Single((await ExchangeAsync(storage)).Claimed).Id);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_do_not_harm_those_around_them()
    {
        var storage = await OpenAsync();
        var ids = (await storage.InsertManyAsync(Enumerable.Repeat(Job(), 64).ToList(), null, Cancellation)).Select(static job => job.Id).ToList();
        Execute("DELETE FROM jobs_job WHERE job IN (5, 6)");
        Execute("UPDATE jobs_job SET policy = 'nonsense' WHERE job IN (1, 20, 21)");

        var exchange = await ExchangeAsync(storage, 60);

        int[] gone = [5, 6];
        int[] broken = [1, 20, 21];
        Assert.Equal(Enumerable.Range(1, 64).Except([.. gone, .. broken]).Select(job => ids[job - 1]), exchange.Claimed.Select(static job => job.Id));
        foreach (var job in broken)
            Assert.Equal(JobStatus.Failed, (await storage.GetAsync(ids[job - 1], JobParts.None, Cancellation))?.Status);

        var outcomes = exchange.Claimed.Select(static job => new JobOutcome { Id = job.Id, Lease = job.Lease, Kind = JobOutcomeKind.Completed }).ToArray();
        Assert.All((await ExchangeAsync(storage, 0, outcomes)).Dispositions, static disposition => Assert.Equal(OutcomeDisposition.Stored, disposition));
        using var connection = Connect();
        Assert.Equal(0L, Query(connection, "SELECT (SELECT count(*) FROM jobs_lease) + (SELECT count(*) FROM jobs_ready) + (SELECT count(*) FROM jobs_misplaced)"));
    }
}
