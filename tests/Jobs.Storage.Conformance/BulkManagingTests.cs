using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>What people do to many jobs at once: in bounded batches, each job as if it were alone, and the count is right.</summary>
public abstract class BulkManagingTests : StorageTests
{
    [Fact]
    public async Task Cancelling_by_filter_cancels_what_waits_and_asks_for_what_runs()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 10).Select(_ => Job())]);
        var delayed = await InsertAsync(delay: TimeSpan.FromHours(1));
        var other = await InsertAsync("other");
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(4);
        await worker.CompleteAsync(claimed[0]);

        Assert.Equal(10, await ChangeManyAsync(JobAction.Cancel, new JobFilter { Name = "work" }));

        Assert.Equal((1, 3, 7), (await CountAsync(JobStatus.Completed), await CountAsync(JobStatus.Running), await CountAsync(JobStatus.Cancelled)));
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(delayed)).Status);
        Assert.Equal(JobStatus.Pending, (await GetAsync(other)).Status);
        Assert.Equal(claimed.Skip(1).Select(c => c.Id).Order(), (await Storage.GetCancelRequestsAsync(worker.Id, Cancellation)).Order());
        var exchange = await worker.ExchangeAsync(10, claimed.Skip(1).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        Assert.All(exchange.Dispositions, d => Assert.Equal(OutcomeDisposition.Cancelled, d));
        Assert.Empty(exchange.Claimed);
    }

    [Theory]
    [InlineData(JobStatus.Pending, 2)]
    [InlineData(JobStatus.Running, 1)]
    [InlineData(JobStatus.Completed, 0)]
    [InlineData(JobStatus.Waiting, 0)]
    public async Task Cancelling_with_a_status_touches_only_that(JobStatus status, int expected)
    {
        await InsertManyAsync(Job(), Job(), Job(), Job());
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync((await worker.ClaimAsync(2))[0]);

        Assert.Equal(expected, await ChangeManyAsync(JobAction.Cancel, new JobFilter { Status = status }));

        Assert.Equal(status == JobStatus.Pending ? 2 : 0, await CountAsync(JobStatus.Cancelled));
        Assert.Equal(status == JobStatus.Running ? 1 : 0, (await Storage.GetCancelRequestsAsync(worker.Id, Cancellation)).Count);
    }

    [Fact]
    public async Task Batches_are_as_small_as_asked_for_and_meet_every_job_once()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 25).Select(i => Job(priority: i % 3))]);
        for (var i = 0; i < 5; i++)
            await InsertAsync();

        var (batches, changed) = (0, 0);
        string? cursor = null;
        do
        {
            var progress = await Storage.ChangeManyAsync(new BulkChange(JobAction.Cancel, new JobFilter(), cursor, 7), Cancellation);
            Assert.InRange(progress.Changed, 0, 7);
            changed += progress.Changed;
            cursor = progress.NextCursor;
            batches++;

            // Stored after the first batch began: not meant.
            await InsertAsync("later");
            Assert.InRange(batches, 1, 10);
        }
        while (cursor is not null);

        Assert.Equal(30, changed);
        Assert.Equal(batches, await Storage.CountAsync(new JobFilter { Name = "later", Status = JobStatus.Pending }, Cancellation));
    }

    [Fact]
    public async Task Every_condition_of_a_filter_counts()
    {
        var details = new JobDetails { Submitter = "me", Tags = ["a", "b"] };
        var meant = (await InsertAsync(Job("work", "q", 3, details: details))).Id;
        await InsertAsync(Job("other", "q", 3, details: details));
        await InsertAsync(Job("work", "r", 3, details: details));
        await InsertAsync(Job("work", "q", 4, details: details));
        await InsertAsync(Job("work", "q", 3, details: details with { Submitter = "you" }));
        await InsertAsync(Job("work", "q", 3, details: details with { Tags = ["a"] }));
        var now = (await GetAsync(meant)).CreatedAt;
        var filter = new JobFilter { Name = "work", Queue = "q", Priority = 3, Submitter = "me", Tags = ["b"], CreatedFrom = now.AddMinutes(-1), CreatedBefore = now.AddMinutes(1) };

        Assert.Equal(0, await ChangeManyAsync(JobAction.Delete, filter with { CreatedBefore = now.AddMinutes(-1) }));
        Assert.Equal(1, await ChangeManyAsync(JobAction.Delete, filter));

        Assert.False(await ExistsAsync(meant));
        Assert.Equal(5, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task Retrying_by_filter_retries_what_failed_was_cancelled_or_waits_for_its_next_attempt()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 8).Select(_ => Job())]);
        var delayed = await InsertAsync(delay: TimeSpan.FromHours(1));
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(8);
        await worker.ExchangeAsync(0, claimed.Select((c, i) => TestWorker.Outcome(c, (i % 4) switch
        {
            0 => JobOutcomeKind.Failed,
            1 => JobOutcomeKind.Cancelled,
            2 => JobOutcomeKind.Retry,
            _ => JobOutcomeKind.Completed,
        }, TimeSpan.FromHours(1))));

        Assert.Equal(2, await ChangeManyAsync(JobAction.Retry, new JobFilter { Status = JobStatus.Failed }));
        Assert.Equal(4, await ChangeManyAsync(JobAction.Retry, new JobFilter()));
        Assert.Equal(0, await ChangeManyAsync(JobAction.Retry, new JobFilter()));

        Assert.True((await GetAsync(delayed)).IsDelayed);
        var again = await worker.ClaimAsync(20);
        Assert.Equal(6, again.Count);
        Assert.All(again, c => Assert.Equal(2, c.Attempt));
    }

    [Fact]
    public async Task Promoting_by_filter_makes_what_is_delayed_due()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 5).Select(i => Job(delay: TimeSpan.FromHours(i)))]);
        var other = await InsertAsync("other", delay: TimeSpan.FromHours(1));

        Assert.Equal(4, await ChangeManyAsync(JobAction.Promote, new JobFilter { Name = "work" }));

        Assert.True((await GetAsync(other)).IsDelayed);
        Assert.Equal(5, (await (await StartWorkerAsync()).ClaimAsync(10)).Count);
    }

    [Fact]
    public async Task Deleting_by_filter_leaves_what_runs()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 12).Select(_ => Job())]);
        await InsertAsync(delay: TimeSpan.FromHours(1));
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(8);
        await worker.ExchangeAsync(0, claimed.Take(6).Select((c, i) => TestWorker.Outcome(c, (i % 3) switch { 0 => JobOutcomeKind.Failed, 1 => JobOutcomeKind.Cancelled, _ => JobOutcomeKind.Completed })));

        Assert.Equal(2, await ChangeManyAsync(JobAction.Delete, new JobFilter { Status = JobStatus.Completed }, batchSize: 1));
        Assert.Equal(9, await ChangeManyAsync(JobAction.Delete, new JobFilter(), batchSize: 4));

        Assert.Equal(2, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(2, await CountAsync(JobStatus.Running));
        Assert.All((await worker.ExchangeAsync(5, claimed.Skip(6).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)))).Dispositions, d => Assert.Equal(OutcomeDisposition.Stored, d));
    }

    [Fact]
    public async Task Obliterating_by_filter_removes_what_runs_too()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 6).Select(_ => Job(queue: "q"))]);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(3);
        await worker.CompleteAsync(claimed[0]);
        var other = await InsertAsync();

        Assert.Equal(6, await ChangeManyAsync(JobAction.Obliterate, new JobFilter { Queue = "q" }));

        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.True(await ExistsAsync(other));
        Assert.All((await worker.ExchangeAsync(0, claimed.Skip(1).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)))).Dispositions, d => Assert.Equal(OutcomeDisposition.Rejected, d));
    }

    [Fact]
    public async Task Only_what_ended_long_enough_ago_is_cleaned()
    {
        var worker = await StartWorkerAsync();
        for (var i = 0; i < 3; i++)
        {
            await InsertManyAsync(Job(), Job(), Job());
            var claimed = await worker.ClaimAsync(2);
            await worker.ExchangeAsync(0, claimed.Select((c, n) => TestWorker.Outcome(c, n == 0 ? JobOutcomeKind.Completed : JobOutcomeKind.Failed)));
            await Harness.AdvanceAsync(TimeSpan.FromHours(2));
            await worker.HeartbeatAsync();
        }

        Assert.Equal(0, await ChangeManyAsync(JobAction.Delete, new JobFilter(), endedFor: TimeSpan.FromHours(7)));
        Assert.Equal(2, await ChangeManyAsync(JobAction.Delete, new JobFilter(), endedFor: TimeSpan.FromHours(5)));
        Assert.Equal(1, await ChangeManyAsync(JobAction.Delete, new JobFilter { Status = JobStatus.Failed }, endedFor: TimeSpan.FromHours(3)));

        Assert.Equal((2, 1, 3), (await CountAsync(JobStatus.Completed), await CountAsync(JobStatus.Failed), await CountAsync(JobStatus.Pending)));
    }

    [Fact]
    public async Task Records_that_are_not_kept_are_gone_when_they_are_cancelled()
    {
        var policy = new JobPolicy { RetainFailed = TimeSpan.Zero };
        await InsertManyAsync(Job(policy: policy), Job(), Job(policy: policy));

        Assert.Equal(3, await ChangeManyAsync(JobAction.Cancel, new JobFilter()));

        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_retried_job_is_kept_as_long_as_its_policy_says()
    {
        var id = await InsertAsync(policy: new JobPolicy { RetainCompleted = new TimeSpan(3, 4, 5, 6) });
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);
        await ChangeManyAsync(JobAction.Retry, new JobFilter());
        await worker.CompleteAsync(await worker.ClaimOneAsync());

        await Harness.AdvanceAsync(new TimeSpan(3, 4, 5, 0));
        await MaintainAsync();
        Assert.True(await ExistsAsync(id));
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        await MaintainAsync();
        Assert.False(await ExistsAsync(id));
    }

    [Fact]
    public async Task Jobs_with_keys_and_dependencies_are_cancelled_retried_and_deleted_like_others()
    {
        var first = (await InsertAsync(Job(details: new JobDetails { ConcurrencyKey = "k" }))).Id;
        await InsertAsync(Job(details: new JobDetails { ConcurrencyKey = "k" }));
        await InsertManyAsync([.. Enumerable.Range(0, 3).Select(_ => Job(details: new JobDetails { OrderingKey = "o" }))]);
        await InsertAsync(Job(details: new JobDetails { FairnessKey = "f" }));
        var dependant = (await InsertAsync(Job(details: new JobDetails { DependsOn = [first] }))).Id;
        var worker = await StartWorkerAsync();
        Assert.Equal(3, (await worker.ClaimAsync(10)).Count);

        Assert.Equal(1, await ChangeManyAsync(JobAction.Cancel, new JobFilter { Status = JobStatus.Waiting }));
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(dependant)).Status);
        Assert.Equal(6, await ChangeManyAsync(JobAction.Cancel, new JobFilter()));
        Assert.Equal((4, 3), (await CountAsync(JobStatus.Cancelled), await CountAsync(JobStatus.Running)));

        Assert.Equal(4, await ChangeManyAsync(JobAction.Retry, new JobFilter()));
        Assert.Equal(4, await ChangeManyAsync(JobAction.Delete, new JobFilter()));
        Assert.Equal(3, await ChangeManyAsync(JobAction.Obliterate, new JobFilter()));
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));

        // Whatever the workers held under the key is free again.
        await InsertAsync(Job(details: new JobDetails { ConcurrencyKey = "k" }));
        await InsertAsync(Job(details: new JobDetails { OrderingKey = "o" }));
        Assert.Equal(2, (await worker.ClaimAsync(10)).Count);
    }

    [Fact]
    public async Task A_cursor_of_somewhere_else_is_refused()
    {
        await InsertManyAsync(Job(), Job());
        var refusal = await Assert.ThrowsAsync<JobException>(async () => await Storage.ChangeManyAsync(new BulkChange(JobAction.Delete, new JobFilter(), "nonsense"), Cancellation));
        Assert.Equal(JobErrorCodes.InvalidOption, refusal.Code);
        Assert.Equal(2, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task Cancelling_and_claiming_at_once_loses_and_repeats_nothing()
    {
        const int Count = 400;
        await InsertManyAsync([.. Enumerable.Range(0, Count).Select(i => Job(delay: i % 5 == 0 ? TimeSpan.FromHours(1) : default))]);
        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        var worker = await StartWorkerAsync();
        var claiming = Task.Run(async () =>
        {
            var (completed, cancelled) = (0, 0);
            while (await worker.ClaimAsync(7) is { Count: > 0 } claimed)
            {
                var exchange = await worker.ExchangeAsync(0, claimed.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
                completed += exchange.Dispositions.Count(d => d == OutcomeDisposition.Stored);
                cancelled += exchange.Dispositions.Count(d => d == OutcomeDisposition.Cancelled);
                Assert.DoesNotContain(OutcomeDisposition.Rejected, exchange.Dispositions);
            }

            return (completed, cancelled);
        });

        var changed = await ChangeManyAsync(JobAction.Cancel, new JobFilter(), batchSize: 20);
        var (completed, _) = await claiming;

        Assert.Equal((Count, 0, 0), (await CountAsync(JobStatus.Completed) + await CountAsync(JobStatus.Cancelled), await CountAsync(JobStatus.Pending), await CountAsync(JobStatus.Running)));
        Assert.Equal(completed, await CountAsync(JobStatus.Completed));
        Assert.Equal(await CountAsync(JobStatus.Cancelled), changed);
    }

    private async Task<long> ChangeManyAsync(JobAction action, JobFilter filter, TimeSpan? endedFor = null, int batchSize = 1000)
    {
        var changed = 0L;
        string? cursor = null;
        do
        {
            var progress = await Storage.ChangeManyAsync(new BulkChange(action, filter, cursor, batchSize) { EndedFor = endedFor }, Cancellation);
            changed += progress.Changed;
            cursor = progress.NextCursor;
        }
        while (cursor is not null);

        return changed;
    }

    private async Task<long> CountAsync(JobStatus status) => await Storage.CountAsync(new JobFilter { Status = status }, Cancellation);
}
