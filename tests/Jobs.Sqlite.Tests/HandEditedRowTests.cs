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
}
