using System.Text;
using Jobs.Storage.Conformance;
using Npgsql;

namespace Jobs.PostgreSql.Tests;

/// <summary>Lists over many finished jobs find their page by an index, and never read all jobs.</summary>
public sealed class ListPlanTests(ServerFixture server) : StorageTests
{
    private const int Jobs = 200_000;

    [Fact]
    public async Task Lists_over_many_finished_jobs_are_served_by_indexes()
    {
        var harness = (PostgreSqlHarness)Harness;
        var schema = harness.Schema;
        await harness.ExecuteAsync(
            $"""
            INSERT INTO {schema}.job (pack, slot, name, queue, priority, created_at, payload, submitter, tags)
            SELECT 1000000 + n / 1000, n % 1000, 'work', 'default', 0, {schema}.clock(), '', CASE WHEN n % 20000 = 0 THEN 'me' END, CASE WHEN n % 20000 = 1 THEN ARRAY['red'] END
            FROM generate_series(0, {Jobs - 1}) n;
            INSERT INTO {schema}.receipt (pack, lo, hi, origin, attempt, token, nonce, worker, started_at, ended_at, expires_at)
            SELECT 1000000 + p, 0, 989, 0, 1, p, 1, 'w', {schema}.clock(), {schema}.clock(), {schema}.clock() + interval '1 day' FROM generate_series(0, {(Jobs / 1000) - 1}) p;
            INSERT INTO {schema}.ended (pack, slot, status, attempt, reason, ended_at, expires_at)
            SELECT 1000000 + p, s, CASE s WHEN 990 THEN 4 ELSE 5 END, 1, 0, {schema}.clock(), {schema}.clock() + interval '1 day'
            FROM generate_series(0, {(Jobs / 1000) - 1}) p CROSS JOIN generate_series(990, 999) s;
            """);
        await InsertAsync(Job());
        await harness.ExecuteAsync($"ANALYZE {schema}.job; ANALYZE {schema}.receipt; ANALYZE {schema}.ended; ANALYZE {schema}.ready");

        await AssertServedAsync(new JobFilter(), "job_pkey");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Completed }, "job_pkey");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Failed }, "job_pkey", "ended_status");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Pending }, "job_pkey");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Running }, "job_pkey");
        await AssertServedAsync(new JobFilter { Submitter = "me" }, "job_submitter");
        await AssertServedAsync(new JobFilter { Tags = ["red"] }, "job_tags");
        await AssertServedAsync(new JobFilter { Name = "work" }, "job_pkey");
        await AssertServedAsync(new JobFilter { Queue = "default", Priority = 0 }, "job_pkey");
        Assert.Equal(10, (await Storage.ListAsync(new JobFilter { Tags = ["red"], Status = JobStatus.Completed }, Cancellation)).Jobs.Count);
        Assert.Single((await Storage.ListAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation)).Jobs);
        Assert.Equal(Jobs / 1000, await Storage.CountAsync(new JobFilter { Status = JobStatus.Failed }, Cancellation));
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);

    private async Task AssertServedAsync(JobFilter filter, params string[] indexes)
    {
        var harness = (PostgreSqlHarness)Harness;
        var sql = new FilterSql(harness.Schema, filter);
        await using var connection = await harness.Admin.OpenConnectionAsync(Cancellation);
        await using var command = new NpgsqlCommand($"EXPLAIN SELECT s.pack, s.slot FROM {sql.From} {sql.Where} ORDER BY s.pack DESC, s.slot DESC LIMIT 51", connection);
        sql.AddTo(command.Parameters);
        var plan = new StringBuilder();
        await using (var reader = await command.ExecuteReaderAsync(Cancellation))
        {
            while (await reader.ReadAsync(Cancellation))
                plan.AppendLine(reader.GetString(0));
        }

        Assert.DoesNotContain("Seq Scan on job ", plan.ToString(), StringComparison.Ordinal);
        Assert.All(indexes, index => Assert.Contains(index, plan.ToString(), StringComparison.Ordinal));
    }
}
