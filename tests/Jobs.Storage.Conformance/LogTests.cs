using Microsoft.Extensions.Logging;
using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Logs of jobs: numbered, fenced, bounded, and gone with the record.</summary>
public abstract class LogTests : StorageTests
{
    private static readonly DateTimeOffset _at = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public async Task Lines_come_back_as_they_were_written()
    {
        var id = await InsertAsync();
        var claimed = await (await StartWorkerAsync()).ClaimOneAsync();
        var fields = new Dictionary<string, string> { ["Order"] = "42", ["Who"] = "\"me\" ü" };
        Assert.Empty(await AppendAsync([Line(claimed, "one\n\"two\" ü"), Line(claimed, "three") with { Level = LogLevel.Error, At = _at.AddSeconds(1.5), Fields = fields }]));

        var page = await ReadAsync(id);
        Assert.False(page.HasEnded);
        Assert.Equal([new(1, _at, LogLevel.Information, "one\n\"two\" ü", 1), new(2, _at.AddSeconds(1.5), LogLevel.Error, "three", 1)], page.Entries.Select(e => e with { Fields = page.Entries[0].Fields }));
        Assert.Empty(page.Entries[0].Fields);
        Assert.Equal(fields, page.Entries[1].Fields.ToDictionary());
    }

    [Fact]
    public async Task Numbers_go_on_over_calls_and_attempts()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var first = await worker.ClaimOneAsync();
        await AppendAsync([Line(first, "a")]);
        await AppendAsync([Line(first, "b")]);
        await worker.EndAsync(first, JobOutcomeKind.Retry);
        await AppendAsync([Line(await worker.ClaimOneAsync(), "c")]);

        Assert.Equal([(1, "a", 1), (2, "b", 1), (3, "c", 2)], (await ReadAsync(id)).Entries.Select(e => (e.Line, e.Message, e.Attempt)));
    }

    [Fact]
    public async Task Lines_are_read_from_where_the_last_reading_ended()
    {
        var id = await InsertAsync();
        var claimed = await (await StartWorkerAsync()).ClaimOneAsync();
        await AppendAsync([.. Enumerable.Range(1, 10).Select(i => Line(claimed, $"{i}"))]);

        Assert.Equal([1L, 2, 3], (await ReadAsync(id, limit: 3)).Entries.Select(e => e.Line));
        Assert.Equal([4L, 5, 6], (await ReadAsync(id, after: 3, limit: 3)).Entries.Select(e => e.Line));
        Assert.Equal([10L], (await ReadAsync(id, after: 9)).Entries.Select(e => e.Line));
        Assert.Empty((await ReadAsync(id, after: 10)).Entries);
    }

    [Fact]
    public async Task Lines_of_several_jobs_keep_apart()
    {
        await InsertManyAsync(Job(), Job());
        var claimed = await (await StartWorkerAsync()).ClaimAsync(2);
        await AppendAsync([Line(claimed[0], "a"), Line(claimed[1], "x"), Line(claimed[0], "b")]);

        Assert.Equal([(1, "a"), (2, "b")], (await ReadAsync(claimed[0].Id)).Entries.Select(e => (e.Line, e.Message)));
        Assert.Equal([(1, "x")], (await ReadAsync(claimed[1].Id)).Entries.Select(e => (e.Line, e.Message)));
    }

    [Fact]
    public async Task Beyond_the_limit_the_oldest_lines_go()
    {
        var id = await InsertAsync();
        var claimed = await (await StartWorkerAsync()).ClaimOneAsync();
        await AppendAsync([.. Enumerable.Range(1, 12).Select(i => Line(claimed, $"{i}"))], maxLines: 5);
        Assert.Equal([8L, 9, 10, 11, 12], (await ReadAsync(id)).Entries.Select(e => e.Line));
        await AppendAsync([Line(claimed, "13")], maxLines: 5);

        Assert.Equal(["9", "10", "11", "12", "13"], (await ReadAsync(id)).Entries.Select(e => e.Message));
    }

    [Fact]
    public async Task Lines_of_an_attempt_that_lost_its_lease_are_refused()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var stale = await worker.ClaimOneAsync();
        await worker.EndAsync(stale, JobOutcomeKind.Released);
        var current = await worker.ClaimOneAsync();

        Assert.Equal([0, 2], await AppendAsync([Line(stale, "late"), Line(current, "mine"), Line(stale, "later")]));
        Assert.Equal("mine", Assert.Single((await ReadAsync(id)).Entries).Message);
    }

    [Fact]
    public async Task Lines_behind_a_completion_are_accepted_and_those_behind_a_failure_are_not()
    {
        await InsertManyAsync(Job(), Job());
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2);
        await worker.CompleteAsync(claimed[0]);
        await worker.EndAsync(claimed[1], JobOutcomeKind.Failed);

        Assert.Equal([1], await AppendAsync([Line(claimed[0], "done"), Line(claimed[1], "failed")]));
        var page = await ReadAsync(claimed[0].Id);
        Assert.True(page.HasEnded);
        Assert.Equal("done", Assert.Single(page.Entries).Message);
    }

    [Fact]
    public async Task A_job_without_lines_has_an_empty_log_and_an_unknown_one_has_none()
    {
        var id = await InsertAsync();

        Assert.Empty((await ReadAsync(id)).Entries);
        Assert.Null(await Storage.ReadLogsAsync(JobId.New(), 0, 10, Cancellation));
        Assert.Equal([0], await AppendAsync([new JobLogLine(JobId.New(), new JobLease(1, 2), 1, _at, LogLevel.Information, "x", null)]));
    }

    [Fact]
    public async Task The_log_goes_with_the_record()
    {
        var details = new JobDetails { Id = JobId.From("again") };
        var policy = new JobPolicy { RetainCompleted = TimeSpan.FromHours(1) };
        var id = (await InsertAsync(Job(policy: policy, details: details))).Id;
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await AppendAsync([Line(claimed, "a")]);
        await worker.CompleteAsync(claimed);
        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        await MaintainAsync();
        Assert.Null(await Storage.ReadLogsAsync(id, 0, 10, Cancellation));

        await InsertAsync(Job(details: details));
        Assert.Empty((await ReadAsync(id)).Entries);
    }

    [Fact]
    public async Task A_message_may_hold_what_text_columns_cannot()
    {
        var id = await InsertAsync();
        var claimed = await (await StartWorkerAsync()).ClaimOneAsync();
        Assert.Empty(await AppendAsync([Line(claimed, "half \uD800 pair")]));

        Assert.StartsWith("half ", Assert.Single((await ReadAsync(id)).Entries).Message, StringComparison.Ordinal);
    }

    private static JobLogLine Line(ClaimedJob job, string message) => new(job.Id, job.Lease, job.Attempt, _at, LogLevel.Information, message, null);

    private async Task<IReadOnlyList<int>> AppendAsync(IReadOnlyList<JobLogLine> lines, int maxLines = 1000) => await Storage.AppendLogsAsync(lines, maxLines, Cancellation);

    private async Task<JobLogPage> ReadAsync(JobId id, long after = 0, int limit = 100)
    {
        var page = await Storage.ReadLogsAsync(id, after, limit, Cancellation);
        Assert.NotNull(page);
        return page;
    }
}
