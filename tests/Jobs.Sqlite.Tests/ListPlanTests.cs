using System.Text;
using Jobs.Storage;
using Xunit;

namespace Jobs.Sqlite.Tests;

/// <summary>Lists over many finished jobs look only at the blocks in which what they ask for occurs, and there by number.</summary>
public sealed class ListPlanTests : SqliteFile
{
    private const int Jobs = 200_000;
    private const long Start = 18_934_560_000_000_000;
    private const long Kept = 400_000_000_000_000_000;

    [Fact]
    public async Task Each_filter_finds_its_page_in_the_blocks_that_marks_name()
    {
        var storage = await FillAsync();

        await AssertFoundAsync(storage, new JobFilter { Name = "rare" }, 20, maxBlocks: 1);
        await AssertFoundAsync(storage, new JobFilter { Queue = "rare" }, 20, maxBlocks: 1);
        await AssertFoundAsync(storage, new JobFilter { Priority = 7 }, 20, maxBlocks: 1);
        await AssertFoundAsync(storage, new JobFilter { Submitter = "me" }, 10, maxBlocks: 10);
        await AssertFoundAsync(storage, new JobFilter { Tags = ["red"] }, 10, maxBlocks: 10);
        await AssertFoundAsync(storage, new JobFilter { Tags = ["red", "blue"], TagMatch = TagMatch.Any }, 10, maxBlocks: 10);
        await AssertFoundAsync(storage, new JobFilter { Tags = ["red"], TagMatch = TagMatch.Exact }, 10, maxBlocks: 10);
        await AssertFoundAsync(storage, new JobFilter { Name = "rare", Status = JobStatus.Failed }, 11, maxBlocks: 1);
        await AssertFoundAsync(storage, new JobFilter { Name = "work", Queue = "rare" }, 0, maxBlocks: 0);
        await AssertFoundAsync(storage, new JobFilter { Name = "nobody" }, 0, maxBlocks: 0);
        await AssertFoundAsync(storage, new JobFilter { CreatedFrom = StorageTime.To(Start), CreatedBefore = StorageTime.To(Start).AddMinutes(30) }, 50, maxBlocks: 70);
        await AssertFoundAsync(storage, new JobFilter { CreatedFrom = StorageTime.To(Start).AddYears(1) }, 0, maxBlocks: 0);

        // What is common is found in the newest block.
        await AssertFoundAsync(storage, new JobFilter { Name = "work" }, 50, maxBlocks: int.MaxValue);
        await AssertFoundAsync(storage, new JobFilter { Priority = 0, Status = JobStatus.Completed }, 50, maxBlocks: int.MaxValue);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Pending)]
    public async Task A_block_and_the_blocks_are_searched_and_nothing_is_scanned_or_sorted_row_by_row(JobStatus? status)
    {
        await OpenAsync();
        var filter = new JobFilter { Name = "a", Queue = "b", Priority = 1, Submitter = "me", Tags = ["red"], CreatedFrom = DateTimeOffset.UnixEpoch, Status = status };
        var query = new JobQuery(EmbeddedSql.Statement("select-jobs"), firstParameter: 1, isInBlock: true).Where(filter, now: 0).InBlock("ORDER BY j.job DESC");
        var plan = Plan(query.ToString());

        Assert.Contains("SEARCH j USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN jobs", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        Assert.Contains("SEARCH jobs_mark USING PRIMARY KEY (kind=? AND value=?)", Plan(new JobBlocks(filter, now: 0).Sql), StringComparison.Ordinal);
        Assert.DoesNotContain("jobs_job", new JobBlocks(filter, now: 0).Sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_counts_of_what_is_rare_are_complete()
    {
        var storage = await FillAsync();
        var filter = new JobFilter { Tags = ["red"], Limit = 3 };
        var paged = new List<JobId>();
        for (var page = await storage.ListAsync(filter, Cancellation); ; page = await storage.ListAsync(filter with { Cursor = page.NextCursor }, Cancellation))
        {
            paged.AddRange(page.Jobs.Select(job => job.Id));
            if (page.NextCursor is null)
                break;
        }

        Assert.Equal((await storage.ListAsync(filter with { Limit = 50 }, Cancellation)).Jobs.Select(job => job.Id), paged);
        Assert.Equal(paged[4..], (await storage.ListAsync(filter with { Limit = 50, Offset = 4 }, Cancellation)).Jobs.Select(job => job.Id));
        Assert.Equal(10, paged.Count);
        Assert.Equal(10, await storage.CountAsync(filter, Cancellation));
        Assert.Equal(Jobs - 20, await storage.CountAsync(new JobFilter { Name = "work" }, Cancellation));
    }

    [Fact]
    public async Task Records_of_one_name_are_counted_and_removed_without_a_look_at_those_of_others()
    {
        var storage = await FillAsync();
        var request = new MaintenanceRequest(null, 3, TimeSpan.FromDays(1)) { Bounds = [new("rare", 4, 3)] };
        Assert.Equal(20 - 4 - 3, (await storage.MaintainAsync(request, Cancellation)).Removed);

        Assert.Equal(7, await storage.CountAsync(new JobFilter { Name = "rare" }, Cancellation));
        Assert.All(["find-surplus-of-name", "read-surplus-of-name"], name =>
        {
            var plan = Plan(EmbeddedSql.Statement(name));
            Assert.Contains("INDEX jobs_ended_lane (lane=? AND <expr>=?", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN jobs_ended", plan, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Marks_go_with_the_jobs_of_their_block()
    {
        var storage = await OpenAsync();
        var policy = new JobPolicy { RetainFailed = TimeSpan.Zero };
        var old = await storage.InsertManyAsync([.. Enumerable.Range(0, 1200).Select(_ => Job("old", policy))], null, Cancellation);
        await storage.InsertAsync(Job("new", policy), null, Cancellation);
        foreach (var job in old)
            await storage.ChangeAsync(job.Id, JobAction.Delete, Cancellation);

        await storage.MaintainAsync(new MaintenanceRequest(null, 3, TimeSpan.FromDays(1)), Cancellation);

        using var connection = Connect();
        Assert.Equal(0L, Query(connection, "SELECT count(*) FROM jobs_mark WHERE block = 0"));
        Assert.NotEqual(0L, Query(connection, "SELECT count(*) FROM jobs_mark WHERE block = 1"));
        Assert.Single((await storage.ListAsync(new JobFilter { Name = "new" }, Cancellation)).Jobs);
    }

    private static JobRecord Job(string name, JobPolicy policy) => new() { Name = name, Queue = "default", Payload = [], Policy = policy };

    /// <summary>A thousand jobs a minute; the first twenty have a name, a queue and a priority of their own. Nine of ten completed.</summary>
    private async Task<SqliteJobStorage> FillAsync()
    {
        var storage = await OpenAsync();
        Execute(
            $"""
            INSERT INTO jobs_lane (lane, queue, name) VALUES (1, 'default', 'work'), (2, 'rare', 'rare');
            WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {Jobs})
            INSERT INTO jobs_job (job, tail, lane, priority, created_at, policy, submitter, tags)
            SELECT n, n, CASE WHEN n <= 20 THEN 2 ELSE 1 END, CASE WHEN n <= 20 THEN 7 ELSE 0 END, {Start} + n * 600000, '',
                CASE WHEN n % 20000 = 0 THEN 'me' END, CASE WHEN n % 20000 = 1 THEN '["red"]' END
            FROM n;
            INSERT INTO jobs_ended (job, status, ended_at, remove_at, runs, lane) SELECT job, CASE WHEN job <= 10 OR job % 10 = 9 THEN 4 ELSE 3 END, created_at, {Kept}, 1, lane FROM jobs_job;
            UPDATE jobs_meta SET value = {Jobs} WHERE key = 'last_job';
            {Marks}
            """);
        return storage;
    }

    /// <summary>The statement by which the migration marks what is there.</summary>
    private static string Marks => EmbeddedSql.Migrations.Select(EmbeddedSql.Migration).Single(sql => sql.Contains("CREATE TABLE jobs_mark", StringComparison.Ordinal)) is var sql
        ? sql[sql.IndexOf("INSERT INTO jobs_mark", StringComparison.Ordinal)..]
        : "";

    private async Task AssertFoundAsync(SqliteJobStorage storage, JobFilter filter, int found, int maxBlocks)
    {
        Assert.Equal(found, (await storage.ListAsync(filter, Cancellation)).Jobs.Count);
        using var reader = new ReadSession(Connect(), TimeProvider.System);
        Assert.InRange(new JobBlocks(filter, now: 0).Read(reader).Count, 0, maxBlocks);
    }

    private string Plan(string sql)
    {
        using var connection = Connect();
        using var statement = new SqliteStatement(connection.Handle!, "EXPLAIN QUERY PLAN " + sql);
        var plan = new StringBuilder();
        while (statement.Step())
            plan.AppendLine(statement.Text(3));

        return plan.ToString();
    }
}
