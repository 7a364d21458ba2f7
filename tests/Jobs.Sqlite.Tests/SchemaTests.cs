using System.Text;
using Jobs.Storage;
using Xunit;

namespace Jobs.Sqlite.Tests;

public sealed class SchemaTests : SqliteFile
{
    public static TheoryData<string> StatementNames { get; } = new(EmbeddedSql.StatementNames.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(StatementNames))]
    public async Task Every_statement_fits_the_schema(string name)
    {
        // With everything that adds to the schema.
        var storage = await OpenAsync(options => options.MaxFinished = 1);
        await storage.MaintainAsync(new MaintenanceRequest(null, 3, TimeSpan.FromDays(1)) { Bounds = [new("work", 1, 1)] }, Cancellation);
        using var connection = Connect();

        using var statement = new SqliteStatement(connection.Handle!, EmbeddedSql.Statement(name));
    }

    /// <summary>The statements of the hot path must not depend on how many jobs there are: no scan of a large table, no sorting.</summary>
    [Theory]
    [InlineData("read-ready")]
    [InlineData("read-due")]
    [InlineData("read-record")]
    [InlineData("read-ready-range")]
    [InlineData("insert-ready-range")]
    [InlineData("insert-lease-range")]
    [InlineData("delete-ready-range")]
    [InlineData("count-lease-range")]
    [InlineData("complete-lease-range")]
    [InlineData("end-lease-range")]
    [InlineData("end-lease")]
    [InlineData("delete-ready")]
    [InlineData("find-key")]
    [InlineData("find-issued")]
    [InlineData("withdraw-ready")]
    [InlineData("read-expired")]
    [InlineData("read-surplus")]
    [InlineData("read-orphans")]
    [InlineData("read-runs")]
    [InlineData("delete-runs")]
    public async Task A_hot_statement_searches_and_never_scans_or_sorts(string name)
    {
        await OpenAsync(options => options.MaxFinished = 1);

        var plan = Plan(EmbeddedSql.Statement(name));

        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_views_tell_a_person_what_the_storage_tells_a_program()
    {
        var storage = await OpenAsync();
        var issued = (await storage.InsertAsync(Job(), null, Cancellation)).Id;
        var named = (await storage.InsertAsync(Job(new JobDetails { Id = JobId.From("x"), Tags = ["a"] }, delay: TimeSpan.FromHours(1)), null, Cancellation)).Id;
        var claimed = Assert.Single((await ExchangeAsync(storage)).Claimed);
        await ExchangeAsync(storage, 0, new JobOutcome { Id = issued, Lease = claimed.Lease, Kind = JobOutcomeKind.Completed, Result = "{\"b\":2}"u8.ToArray() });

        using var connection = Connect();
        Assert.Equal($"{issued} completed 1 {{\"a\":1}} {{\"b\":2}} worker", Query(connection, "SELECT id || ' ' || state || ' ' || attempt || ' ' || payload || ' ' || result || ' ' || worker FROM jobs WHERE job = 1"));
        Assert.Equal($"{named} scheduled 0 [\"a\"]", Query(connection, "SELECT id || ' ' || state || ' ' || attempt || ' ' || tags FROM jobs WHERE job = 2"));
        Assert.Equal("2030-01-01T12:00:00.000Z", Query(connection, "SELECT created_at FROM jobs WHERE job = 1"));
        Assert.Equal("1 completed worker", Query(connection, "SELECT number || ' ' || outcome || ' ' || worker FROM jobs_attempts WHERE job = 1"));
        Assert.Equal(0L, Query(connection, "SELECT count(*) FROM jobs_misplaced"));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(0xFFFF_FFFF_FFFF, long.MinValue)]
    [InlineData(123_456_789_012, long.MaxValue)]
    [InlineData(42, 0x0123_4567_89AB_CDEF)]
    public void An_issued_id_gives_back_what_it_was_made_of(long job, long tail)
    {
        Assert.True(IssuedId.TryRead(IssuedId.Make(job, tail), out var readJob, out var readTail));
        Assert.Equal((job, tail), (readJob, readTail));
    }

    [Fact]
    public async Task An_id_with_the_number_of_a_job_but_other_random_bits_is_unknown()
    {
        var storage = await OpenAsync();
        var id = (await storage.InsertAsync(Job(), null, Cancellation)).Id;
        Assert.True(IssuedId.TryRead(id, out var job, out var tail));

        Assert.Null(await storage.GetAsync(IssuedId.Make(job, tail ^ 1), JobParts.None, Cancellation));
        Assert.Equal(CancelOutcome.NotFound, await storage.CancelAsync(IssuedId.Make(job, tail ^ 1), Cancellation));
    }

    [Fact]
    public async Task A_machine_that_was_suspended_gives_all_leases_one_period_of_grace()
    {
        var clock = new SuspendableClock();
        var storage = await OpenAsync(options => options.TimeProvider = clock);
        await storage.InsertAsync(Job(), null, Cancellation);
        Assert.Single((await ExchangeAsync(storage)).Claimed);
        var request = new MaintenanceRequest(null, 3, TimeSpan.FromDays(1));

        clock.Suspend(TimeSpan.FromHours(1));
        Assert.Equal(0, (await storage.MaintainAsync(request, Cancellation)).TakenOver);
        clock.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal(0, (await storage.MaintainAsync(request, Cancellation)).TakenOver);
        clock.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(1, (await storage.MaintainAsync(request, Cancellation)).TakenOver);
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
