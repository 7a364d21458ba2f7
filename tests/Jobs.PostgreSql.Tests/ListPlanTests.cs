using System.Text.Json;
using Jobs.Storage;
using Jobs.Storage.Conformance;
using Npgsql;

namespace Jobs.PostgreSql.Tests;

/// <summary>Lists over many finished jobs find their page by an index, whatever they ask for: none walks what it does not want.</summary>
public sealed class ListPlanTests(ServerFixture server) : StorageTests
{
    private const int Jobs = 200_000;

    /// <summary>Rows that a page of fifty may touch, on the way through indexes and places.</summary>
    private const int MaxRows = 10_000;

    private static readonly DateTimeOffset _start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private string _database = "";

    [Fact]
    public async Task A_page_of_each_filter_over_many_finished_jobs_touches_few_rows()
    {
        await FillAsync();

        await AssertServedAsync(new JobFilter(), 50, "job_pkey");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Completed }, 50, "receipt");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Failed }, 50, "ended");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Cancelled }, 50, "ended");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Pending }, 1, "ready");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Running }, 0, "lease");
        await AssertServedAsync(new JobFilter { Status = JobStatus.Waiting }, 0, "waiting");
        await AssertServedAsync(new JobFilter { Submitter = "me" }, 10, "job_submitter");
        await AssertServedAsync(new JobFilter { ScheduleId = "nightly" }, 10, "job_schedule");
        await AssertServedAsync(new JobFilter { Tags = ["red"] }, 10, "job_tags");
        await AssertServedAsync(new JobFilter { Tags = ["red", "blue"], TagMatch = TagMatch.Any }, 10, "job_tags");
        await AssertServedAsync(new JobFilter { Tags = ["red"], TagMatch = TagMatch.None }, 50, "job_pkey");
        await AssertServedAsync(new JobFilter { Tags = ["red"], TagMatch = TagMatch.Exact }, 10, "job_tags");
        await AssertServedAsync(new JobFilter { Tags = ["red"], Status = JobStatus.Completed }, 10, "job_tags");

        // What most jobs have, and what few of the oldest have.
        await AssertServedAsync(new JobFilter { Name = "work" }, 50, "receipt");
        await AssertServedAsync(new JobFilter { Queue = "default" }, 50, "receipt");
        await AssertServedAsync(new JobFilter { Priority = 0 }, 50, "receipt");
        await AssertServedAsync(new JobFilter { Name = "rare" }, 20, "receipt_name", "ended_name");
        await AssertServedAsync(new JobFilter { Queue = "rare" }, 20, "receipt_queue", "ended_queue");
        await AssertServedAsync(new JobFilter { Priority = 7 }, 20, "receipt_rank", "ended_rank");
        await AssertServedAsync(new JobFilter { Name = "rare", Status = JobStatus.Completed }, 10, "receipt_name");
        await AssertServedAsync(new JobFilter { Name = "rare", Status = JobStatus.Failed }, 5, "ended");
        await AssertServedAsync(new JobFilter { Name = "work", Queue = "rare", Priority = 7 }, 0, "receipt");
        await AssertServedAsync(new JobFilter { Name = "nobody" }, 0, "receipt_name");

        await AssertServedAsync(new JobFilter { CreatedBefore = _start.AddMinutes(30) }, 50, "job_pkey");
        await AssertServedAsync(new JobFilter { CreatedFrom = _start.AddMinutes(10), CreatedBefore = _start.AddMinutes(11) }, 50, "job_pkey");
        await AssertServedAsync(new JobFilter { CreatedFrom = _start.AddMinutes(10), CreatedBefore = _start.AddMinutes(11), Status = JobStatus.Failed }, 5, "ended");
        await AssertServedAsync(new JobFilter { CreatedFrom = _start.AddYears(5) }, 0, "job_pkey");
    }

    [Fact]
    public async Task What_is_too_much_is_found_by_walking_from_the_newest_end_and_no_further()
    {
        await FillAsync();
        var harness = (PostgreSqlHarness)Harness;
        await using var connection = await harness.Admin.OpenConnectionAsync(Cancellation);
        await using (var settings = new NpgsqlCommand("SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off", connection))
            await settings.ExecuteNonQueryAsync(Cancellation);

        // The statement of find_surplus under its settings; that stops reading where this limit does.
        await using var command = new NpgsqlCommand(
            $"""
            EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)
            SELECT q.ended_at, q.pack, q.lo, q.hi FROM {harness.Schema}.receipt q
            UNION ALL
            SELECT e.ended_at, e.pack, e.slot, e.slot FROM {harness.Schema}.ended e
            ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT 500
            """,
            connection);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(Cancellation))!);

        Assert.InRange(CountRows(plan.RootElement[0].GetProperty("Plan")), 500, 502);
    }

    [Fact]
    public async Task Records_of_one_name_are_counted_and_removed_without_a_look_at_those_of_others()
    {
        await FillAsync();
        var harness = (PostgreSqlHarness)Harness;
        await harness.ExecuteAsync("SELECT pg_stat_reset()");

        // A storage of its own, whose sessions report to the statistics when they end.
        var begin = await harness.ReadServerTimeAsync();
        var storage = await OpenAnotherAsync();
        var request = new MaintenanceRequest(null, 3, TimeSpan.FromDays(300)) { Bounds = [new("rare", 4, 3)] };
        Assert.Equal(10 - 4 + 10 - 3, (await storage.MaintainAsync(request, Cancellation)).Removed);
        await storage.DisposeAsync();
        await harness.WaitForReportsAsync(begin, Cancellation);
        await using var command = harness.Admin.CreateCommand(
            $"SELECT sum(idx_tup_fetch + seq_tup_read)::bigint FROM pg_stat_user_tables WHERE schemaname = '{harness.Schema}' AND relname IN ('receipt', 'ended')");
        Assert.InRange((long)(await command.ExecuteScalarAsync(Cancellation))!, 1, 500);
        Assert.Equal(7, await CountAsync(new JobFilter { Name = "rare" }));
    }

    [Fact]
    public async Task Counts_over_many_finished_jobs_are_right()
    {
        await FillAsync();

        Assert.Equal(Jobs + 1, await CountAsync(new JobFilter()));
        Assert.Equal(20, await CountAsync(new JobFilter { Name = "rare" }));
        Assert.Equal(5, await CountAsync(new JobFilter { Name = "rare", Status = JobStatus.Cancelled }));
        Assert.Equal(Jobs - 19, await CountAsync(new JobFilter { Queue = "default" }));
        Assert.Equal(1000, await CountAsync(new JobFilter { CreatedFrom = _start.AddMinutes(10), CreatedBefore = _start.AddMinutes(11) }));
        Assert.Equal(10, await CountAsync(new JobFilter { Tags = ["red"], Status = JobStatus.Completed }));
        Assert.Equal(Jobs / 1000 * 5, await CountAsync(new JobFilter { Status = JobStatus.Failed }));
    }

    [Fact]
    public async Task Pages_of_a_rare_name_go_on_where_the_one_before_ended()
    {
        await FillAsync();
        var all = (await Storage.ListAsync(new JobFilter { Name = "rare" }, Cancellation)).Jobs.Select(job => job.Id).ToList();
        var paged = new List<JobId>();
        for (JobPage page = await Storage.ListAsync(new JobFilter { Name = "rare", Limit = 3 }, Cancellation); ; page = await Storage.ListAsync(new JobFilter { Name = "rare", Limit = 3, Cursor = page.NextCursor }, Cancellation))
        {
            paged.AddRange(page.Jobs.Select(job => job.Id));
            if (page.NextCursor is null)
                break;
        }

        Assert.Equal(20, all.Count);
        Assert.Equal(all, paged);
    }

    /// <summary>In a database of its own, whose statistics are of nothing else.</summary>
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(_database);

    public override async ValueTask InitializeAsync()
    {
        _database = await server.Server.CreateDatabaseAsync();
        await base.InitializeAsync();
    }

    /// <summary>A thousand jobs a minute, the first ones of a name, a queue and a priority of their own. Of each thousand 990 completed, in ranges of ten.</summary>
    private async Task FillAsync()
    {
        var harness = (PostgreSqlHarness)Harness;
        var schema = harness.Schema;
        await harness.ExecuteAsync(
            $"""
            INSERT INTO {schema}.job (pack, slot, name, queue, priority, created_at, payload, submitter, schedule_id, tags)
            SELECT 1000 + n / 1000, n % 1000,
                CASE WHEN n < 1000 AND n % 1000 >= 980 THEN 'rare' ELSE 'work' END, CASE WHEN n < 1000 AND n % 1000 >= 980 THEN 'rare' ELSE 'default' END,
                CASE WHEN n < 1000 AND n % 1000 >= 980 THEN 7 ELSE 0 END, timestamptz '{_start:O}' + (n / 1000) * interval '1 minute', '',
                CASE WHEN n % 20000 = 0 THEN 'me' END, CASE WHEN n % 20000 = 2 THEN 'nightly' END, CASE WHEN n % 20000 = 1 THEN ARRAY['red'] END
            FROM generate_series(0, {Jobs - 1}) n;
            INSERT INTO {schema}.receipt (pack, lo, hi, origin, attempt, token, nonce, worker, started_at, ended_at, expires_at, name, queue, rank)
            SELECT j.pack, j.slot, j.slot + 9, j.slot, 1, j.pack, 1, 'w', j.created_at, j.created_at, j.created_at + interval '1 day', j.name, j.queue, ~j.priority
            FROM {schema}.job j WHERE j.slot % 10 = 0 AND j.slot < 990;
            INSERT INTO {schema}.ended (pack, slot, status, attempt, reason, ended_at, expires_at)
            SELECT j.pack, j.slot, CASE WHEN j.slot < 995 THEN 4 ELSE 5 END, 1, 0, j.created_at, j.created_at + interval '1 day'
            FROM {schema}.job j WHERE j.slot >= 990;
            """);
        await InsertAsync(Job());
        await harness.ExecuteAsync($"ANALYZE {schema}.job; ANALYZE {schema}.receipt; ANALYZE {schema}.ended; ANALYZE {schema}.ready");
    }

    private async Task<long> CountAsync(JobFilter filter) => await Storage.CountAsync(filter, Cancellation);

    private async Task AssertServedAsync(JobFilter filter, int found, params string[] indexes)
    {
        var harness = (PostgreSqlHarness)Harness;
        var sql = new FilterSql(harness.Schema, filter);
        await using var connection = await harness.Admin.OpenConnectionAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            $"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) SELECT s.pack, s.slot FROM {sql.From(51)} {sql.Where} ORDER BY s.pack DESC, s.slot DESC LIMIT 51", connection);
        sql.AddTo(command.Parameters);
        var text = (string)(await command.ExecuteScalarAsync(Cancellation))!;
        using var plan = JsonDocument.Parse(text);

        Assert.All(indexes, index => Assert.Contains($"\"{index}", text, StringComparison.Ordinal));
        Assert.True(CountRows(plan.RootElement[0].GetProperty("Plan")) < MaxRows, $"{filter} touches too many rows:\n{text}");
        Assert.Equal(found, (await Storage.ListAsync(filter, Cancellation)).Jobs.Count);
    }

    /// <summary>What the scans of a plan gave and what they passed over.</summary>
    private static double CountRows(JsonElement node)
    {
        var rows = node.TryGetProperty("Relation Name", out _) || node.TryGetProperty("Index Name", out _)
            ? (Number("Actual Rows") + Number("Rows Removed by Filter") + Number("Rows Removed by Index Recheck")) * Number("Actual Loops")
            : 0;
        return node.TryGetProperty("Plans", out var children) ? rows + children.EnumerateArray().Sum(CountRows) : rows;

        double Number(string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
    }
}
