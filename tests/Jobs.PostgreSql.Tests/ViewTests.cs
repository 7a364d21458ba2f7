using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>What people with psql see.</summary>
public sealed class ViewTests(ServerFixture server) : StorageTests
{
    [Fact]
    public async Task The_view_shows_every_job_with_its_state_input_result_and_attempts()
    {
        var completed = (await InsertAsync(Job(priority: 4, payload: Json("{\"to\":\"a@b.c\"}")))).Id;
        var failed = (await InsertAsync(Job(priority: 3, details: new JobDetails { Id = JobId.From("x") }))).Id;
        var running = (await InsertAsync(Job(priority: 2))).Id;
        var pending = (await InsertAsync(Job(priority: 1, payload: [0xFF]))).Id;
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(3);
        await worker.CompleteAsync(claimed[0], Json("{\"messageId\":\"42\"}"));
        await worker.EndAsync(claimed[1], JobOutcomeKind.Failed, error: "No route.");

        var rows = await ReadAsync();

        Assert.Equal("Completed|{\"to\":\"a@b.c\"}|{\"messageId\":\"42\"}|None", rows[completed]);
        Assert.Equal("Failed|{}||1:No route.", rows[failed]);
        Assert.Equal("Running|{}||None", rows[running]);
        Assert.Equal("Pending|||None", rows[pending]);
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);

    private async Task<Dictionary<JobId, string>> ReadAsync()
    {
        var harness = (PostgreSqlHarness)Harness;
        var rows = new Dictionary<JobId, string>();
        await using var command = harness.Admin.CreateCommand(
            $"SELECT id, concat_ws('|', status, coalesce(payload, ''), coalesce(result, ''), coalesce(json_array_length(attempts) || ':' || (attempts -> 0 ->> 'error'), 'None')) FROM {harness.Schema}.jobs");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
            rows.Add(new JobId(reader.GetGuid(0)), reader.GetString(1));

        return rows;
    }
}
