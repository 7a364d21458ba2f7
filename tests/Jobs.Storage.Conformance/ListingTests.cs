using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Lists and counts: every condition, and pages that later changes don't disturb.</summary>
public abstract class ListingTests : StorageTests
{
    [Fact]
    public async Task Lists_are_newest_first()
    {
        var ids = new List<JobId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await InsertAsync(priority: i % 2));
            await Harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Enumerable.Reverse(ids), await ListAsync(new JobFilter()));
    }

    [Fact]
    public async Task Jobs_are_found_by_status()
    {
        var completed = await InsertAsync(priority: 5);
        var failed = await InsertAsync(priority: 4);
        var cancelled = await InsertAsync(priority: 3);
        var running = await InsertAsync(priority: 2);
        var ready = await InsertAsync();
        var delayed = await InsertAsync(delay: TimeSpan.FromHours(1));
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(4);
        await worker.ExchangeAsync(0, [TestWorker.Outcome(claimed[0], JobOutcomeKind.Completed), TestWorker.Outcome(claimed[1], JobOutcomeKind.Failed), TestWorker.Outcome(claimed[2], JobOutcomeKind.Cancelled)]);

        await AssertFoundAsync(new JobFilter { Status = JobStatus.Pending }, ready, delayed);
        await AssertFoundAsync(new JobFilter { Status = JobStatus.Running }, running);
        await AssertFoundAsync(new JobFilter { Status = JobStatus.Completed }, completed);
        await AssertFoundAsync(new JobFilter { Status = JobStatus.Failed }, failed);
        await AssertFoundAsync(new JobFilter { Status = JobStatus.Cancelled }, cancelled);
        await AssertFoundAsync(new JobFilter { Status = JobStatus.Waiting });
        await AssertFoundAsync(new JobFilter(), completed, failed, cancelled, running, ready, delayed);
    }

    [Fact]
    public async Task Jobs_that_have_not_ended_are_found_wherever_they_are()
    {
        var tags = new JobDetails { Tags = ["red"] };
        var completed = (await InsertAsync(Job(priority: 9, details: tags))).Id;
        var failed = (await InsertAsync(Job(priority: 8, details: tags))).Id;
        var running = (await InsertAsync(Job(priority: 7, details: tags))).Id;
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(3);
        await worker.ExchangeAsync(0, [TestWorker.Outcome(claimed[0], JobOutcomeKind.Completed), TestWorker.Outcome(claimed[1], JobOutcomeKind.Failed)]);
        var ready = (await InsertAsync(Job(details: tags))).Id;
        var delayed = (await InsertAsync(Job(delay: TimeSpan.FromHours(1), details: tags))).Id;
        var gated = (await InsertAsync(Job(details: tags with { ConcurrencyKey = "k" }))).Id;
        var waiting = (await InsertAsync(Job(details: tags with { DependsOn = [ready] }))).Id;
        var untagged = await InsertAsync();

        await AssertFoundAsync(new JobFilter { IsUnfinished = true }, running, ready, delayed, gated, waiting, untagged);
        await AssertFoundAsync(new JobFilter { IsUnfinished = true, Tags = ["red"] }, running, ready, delayed, gated, waiting);
        await AssertFoundAsync(new JobFilter { IsUnfinished = true, Name = "work", Priority = 7 }, running);
        await AssertFoundAsync(new JobFilter { IsUnfinished = true, Status = JobStatus.Waiting }, waiting);
        await AssertFoundAsync(new JobFilter { IsUnfinished = true, Status = JobStatus.Completed });
        Assert.Equal(4, (await Storage.ChangeManyAsync(new BulkChange(JobAction.Delete, new JobFilter { IsUnfinished = true, Tags = ["red"] }), Cancellation)).Changed);
        await AssertFoundAsync(new JobFilter { Tags = ["red"] }, completed, failed, running);
    }

    [Fact]
    public async Task Jobs_are_found_by_name_queue_priority_and_submitter()
    {
        var a = (await InsertAsync(Job("a", "q1", 1, details: new JobDetails { Submitter = "me" }))).Id;
        var b = (await InsertAsync(Job("b", "q1", 2, details: new JobDetails { Submitter = "you" }))).Id;
        var c = (await InsertAsync(Job("a", "q2", 2))).Id;

        await AssertFoundAsync(new JobFilter { Name = "a" }, a, c);
        await AssertFoundAsync(new JobFilter { Queue = "q1" }, a, b);
        await AssertFoundAsync(new JobFilter { Priority = 2 }, b, c);
        await AssertFoundAsync(new JobFilter { Submitter = "me" }, a);
        await AssertFoundAsync(new JobFilter { Name = "a", Queue = "q2", Priority = 2, Status = JobStatus.Pending }, c);
        await AssertFoundAsync(new JobFilter { Name = "b", Queue = "q2" });
        await AssertFoundAsync(new JobFilter { Name = "A" });
        await AssertFoundAsync(new JobFilter { Submitter = "nobody' OR '1'='1" });
    }

    [Fact]
    public async Task Jobs_are_found_by_tags()
    {
        var red = await TaggedAsync("red");
        var both = await TaggedAsync("red", "blue");
        var blue = await TaggedAsync("blue");
        var odd = await TaggedAsync("re", "d,blue", "\"red\"");
        var none = await InsertAsync();

        await AssertFoundAsync(new JobFilter { Tags = ["red"] }, red, both);
        await AssertFoundAsync(new JobFilter { Tags = ["red", "blue"] }, both);
        await AssertFoundAsync(new JobFilter { Tags = ["red", "blue"], TagMatch = TagMatch.Any }, red, both, blue);
        await AssertFoundAsync(new JobFilter { Tags = ["red"], TagMatch = TagMatch.None }, blue, odd, none);
        await AssertFoundAsync(new JobFilter { Tags = ["blue", "red"], TagMatch = TagMatch.Exact }, both);
        await AssertFoundAsync(new JobFilter { Tags = ["red"], TagMatch = TagMatch.Exact }, red);
        await AssertFoundAsync(new JobFilter { Tags = ["Red"], TagMatch = TagMatch.Any });
        await AssertFoundAsync(new JobFilter { Tags = ["\"red\""] }, odd);
    }

    [Fact]
    public async Task Jobs_are_found_by_the_time_of_their_creation()
    {
        var first = await InsertAsync();
        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        var between = (await Harness.GetNowAsync()).AddMinutes(-30);
        var second = await InsertAsync();
        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        var later = (await Harness.GetNowAsync()).AddMinutes(-30);
        var third = await InsertAsync();

        await AssertFoundAsync(new JobFilter { CreatedFrom = between }, second, third);
        await AssertFoundAsync(new JobFilter { CreatedBefore = between }, first);
        await AssertFoundAsync(new JobFilter { CreatedFrom = between, CreatedBefore = later.ToOffset(TimeSpan.FromHours(5)) }, second);
    }

    [Fact]
    public async Task The_bounds_of_creation_are_from_and_before()
    {
        var id = await InsertAsync();
        var created = (await GetAsync(id)).CreatedAt;

        await AssertFoundAsync(new JobFilter { CreatedFrom = created }, id);
        await AssertFoundAsync(new JobFilter { CreatedBefore = created });
        await AssertFoundAsync(new JobFilter { CreatedBefore = created.AddMilliseconds(1) }, id);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap()
    {
        var inserted = await InsertManyAsync([.. Enumerable.Range(0, 25).Select(i => Job(i % 5 == 0 ? "other" : "work"))]);
        var all = await ListAsync(new JobFilter());
        Assert.Equal(inserted.Select(i => i.Id).Order(), all.Order());

        Assert.Equal(all, await PagesAsync(new JobFilter { Limit = 7 }));
        Assert.Equal(all, await PagesAsync(new JobFilter { Limit = 5 }));
        Assert.Equal(20, (await PagesAsync(new JobFilter { Limit = 3, Name = "work" })).Distinct().Count());
    }

    [Fact]
    public async Task The_last_page_has_no_cursor()
    {
        await InsertManyAsync(Job(), Job(), Job());

        Assert.NotNull((await Storage.ListAsync(new JobFilter { Limit = 2 }, Cancellation)).NextCursor);
        Assert.Null((await Storage.ListAsync(new JobFilter { Limit = 3 }, Cancellation)).NextCursor);
        Assert.Null((await Storage.ListAsync(new JobFilter { Limit = 4 }, Cancellation)).NextCursor);
        Assert.Null((await Storage.ListAsync(new JobFilter { Name = "none" }, Cancellation)).NextCursor);
    }

    [Fact]
    public async Task Pages_are_stable_while_jobs_come_and_change()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 20).Select(_ => Job())]);
        var all = await ListAsync(new JobFilter());
        var worker = await StartWorkerAsync();
        var seen = new List<JobId>();
        string? cursor = null;
        do
        {
            var page = await Storage.ListAsync(new JobFilter { Limit = 6, Cursor = cursor }, Cancellation);
            seen.AddRange(page.Jobs.Select(j => j.Id));
            cursor = page.NextCursor;
            await Harness.AdvanceAsync(TimeSpan.FromMilliseconds(5));
            await InsertAsync();
            var claimed = await worker.ClaimAsync(4);
            await worker.ExchangeAsync(0, claimed.Select((c, i) => TestWorker.Outcome(c, (JobOutcomeKind)i, TimeSpan.FromHours(1))));
        }
        while (cursor is not null);

        Assert.Equal(all, seen);
    }

    [Fact]
    public async Task An_offset_passes_jobs_over()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 6).Select(_ => Job())]);
        var all = await ListAsync(new JobFilter());

        Assert.Equal(all.Skip(4), await ListAsync(new JobFilter { Offset = 4 }));
        Assert.Equal(all.Skip(1).Take(2), await ListAsync(new JobFilter { Offset = 1, Limit = 2 }));
        Assert.Empty(await ListAsync(new JobFilter { Offset = 10 }));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("'; DROP TABLE job; --")]
    public async Task A_foreign_cursor_is_refused(string cursor)
    {
        await InsertAsync();

        await Assert.ThrowsAsync<JobException>(async () => await Storage.ListAsync(new JobFilter { Cursor = cursor }, Cancellation));
    }

    [Fact]
    public async Task Payload_and_result_are_listed_only_when_asked_for()
    {
        await InsertAsync(Job(payload: Json("{\"a\":1}")));
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync(), Json("2"));

        var plain = (await Storage.ListAsync(new JobFilter(), Cancellation)).Jobs.Single();
        Assert.Null(plain.Payload);
        Assert.Null(plain.ResultJson);
        var full = (await Storage.ListAsync(new JobFilter { IncludePayload = true, IncludeResult = true }, Cancellation)).Jobs.Single();
        Assert.Equal("{\"a\":1}", full.Payload!.Value.GetRawText());
        Assert.Equal("2", full.ResultJson!.Value.GetRawText());
    }

    [Fact]
    public async Task A_listed_job_looks_as_it_does_alone()
    {
        var ids = (await InsertManyAsync([.. Enumerable.Range(0, 12).Select(i => Job(priority: 12 - i, details: i % 2 == 0 ? null : new JobDetails { Tags = ["t"], Submitter = $"s{i}" }))])).Select(i => i.Id).ToList();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(9);
        await worker.ExchangeAsync(0, claimed.Take(6).Select((c, i) => TestWorker.Outcome(c, (JobOutcomeKind)i)));
        await worker.ClaimAsync(1);
        await Storage.CancelAsync(claimed[7].Id, Cancellation);

        var listed = (await Storage.ListAsync(new JobFilter { IncludePayload = true, IncludeResult = true }, Cancellation)).Jobs.ToDictionary(j => j.Id);
        Assert.Equal(12, listed.Count);
        foreach (var id in ids)
            Assert.Equal((await GetAsync(id)).ToJson(), listed[id].ToJson());
    }

    [Fact]
    public async Task A_count_ignores_limit_offset_and_cursor()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 9).Select(_ => Job())]);
        var cursor = (await Storage.ListAsync(new JobFilter { Limit = 2 }, Cancellation)).NextCursor;

        Assert.Equal(9, await Storage.CountAsync(new JobFilter { Limit = 2, Offset = 3, Cursor = cursor }, Cancellation));
    }

    private async Task<JobId> TaggedAsync(params string[] tags) => (await InsertAsync(Job(details: new JobDetails { Tags = tags }))).Id;

    private async Task<List<JobId>> ListAsync(JobFilter filter) => (await Storage.ListAsync(filter, Cancellation)).Jobs.Select(j => j.Id).ToList();

    private async Task<List<JobId>> PagesAsync(JobFilter filter)
    {
        var found = new List<JobId>();
        for (var page = await Storage.ListAsync(filter, Cancellation); ; page = await Storage.ListAsync(filter with { Cursor = page.NextCursor }, Cancellation))
        {
            Assert.True(page.Jobs.Count <= filter.Limit);
            found.AddRange(page.Jobs.Select(j => j.Id));
            if (page.NextCursor is null)
                return found;

            Assert.Equal(filter.Limit, page.Jobs.Count);
        }
    }

    private async Task AssertFoundAsync(JobFilter filter, params IEnumerable<JobId> expected)
    {
        var ids = expected.ToList();
        Assert.Equal(ids.Order(), (await ListAsync(filter)).Order());
        Assert.Equal(ids.Count, await Storage.CountAsync(filter, Cancellation));
    }
}
