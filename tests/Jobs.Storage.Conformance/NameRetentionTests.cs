using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>A bound on the finished jobs of one name, beside their age: the ones that ended last stay.</summary>
public abstract class NameRetentionTests : StorageTests
{
    private int _workers;

    [Fact]
    public async Task Of_a_name_only_so_many_completed_jobs_are_kept_and_those_that_ended_last()
    {
        // The one that was enqueued first ends last.
        var delayed = await InsertAsync(Job(delay: TimeSpan.FromHours(1)));
        var ended = await EndAsync(12);
        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        var worker = await StartAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Completed);

        Assert.Equal(10, await MaintainAsync(new RetentionBound("work", 3, null)));

        await AssertKeptAsync([.. ended[^2..], delayed.Id]);
        ended = await EndAsync(2);
        Assert.Equal(2, await MaintainAsync(new RetentionBound("work", 3, null)));
        await AssertKeptAsync([delayed.Id, .. ended]);
        Assert.Equal(0, await MaintainAsync(new RetentionBound("work", 3, null)));
    }

    [Fact]
    public async Task What_failed_and_was_cancelled_counts_together_and_apart_from_what_completed()
    {
        var completed = await EndAsync(4);
        var failed = await EndAsync(3, JobOutcomeKind.Failed);
        var cancelled = await EndAsync(1, JobOutcomeKind.Cancelled);
        var waiting = await InsertAsync(Job(delay: TimeSpan.FromDays(1)));
        await Storage.CancelAsync(waiting.Id, Cancellation);

        await MaintainAsync(new RetentionBound("work", null, 3));

        await AssertKeptAsync([.. completed, failed[^1], .. cancelled, waiting.Id]);
    }

    [Fact]
    public async Task Names_have_bounds_of_their_own_whatever_their_queues_and_others_have_none()
    {
        var free = await EndAsync(5, name: "free");
        var first = await EndAsync(3, name: "first");
        var elsewhere = await EndAsync(2, name: "first", queue: "elsewhere");
        var second = await EndAsync(4, name: "second");

        await MaintainAsync(new RetentionBound("first", 3, 3), new RetentionBound("second", 1, 1), new RetentionBound("nobody", 1, 1));

        await AssertKeptAsync([.. free, first[^1], .. elsewhere, second[^1]]);
    }

    [Fact]
    public async Task Jobs_that_ended_together_are_cut_in_batches()
    {
        var worker = await StartAsync();
        await InsertManyAsync([.. Enumerable.Range(0, 45).Select(_ => Job())]);
        await worker.ExchangeAsync(0, (await worker.ClaimAsync(45)).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        var request = new MaintenanceRequest(null, 3, TimeSpan.FromDays(300), BatchSize: 10) { Bounds = [new("work", 7, null)] };

        var round = await Storage.MaintainAsync(request, Cancellation);

        Assert.InRange(round.Removed, 1, 10);
        Assert.False(round.IsDone);
        while (!(round = await Storage.MaintainAsync(request, Cancellation)).IsDone)
            Assert.InRange(round.Removed, 0, 10);

        Assert.Equal(7, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task Age_counts_too_and_a_bound_can_change_or_go()
    {
        var old = await EndAsync(2);
        await Harness.AdvanceAsync(TimeSpan.FromHours(23));
        var young = await EndAsync(4);
        Assert.Equal(1, await MaintainAsync(new RetentionBound("work", 5, null)));
        await AssertKeptAsync([old[^1], .. young]);

        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(1, await MaintainAsync(new RetentionBound("work", 5, null)));
        Assert.Equal(1, await MaintainAsync(new RetentionBound("work", 3, null)));
        await AssertKeptAsync(young[^3..]);
        young.AddRange(await EndAsync(2));
        Assert.Equal(0, await MaintainAsync());
        await AssertKeptAsync(young[^5..]);
    }

    [Fact]
    public async Task A_failed_job_that_runs_again_counts_no_more()
    {
        var failed = await EndAsync(3, JobOutcomeKind.Failed);
        await Storage.ChangeAsync(failed[^1], JobAction.Retry, Cancellation);

        Assert.Equal(0, await MaintainAsync(new RetentionBound("work", null, 2)));
        var worker = await StartAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);
        Assert.Equal(1, await MaintainAsync(new RetentionBound("work", null, 2)));

        await AssertKeptAsync(failed[1..]);
    }

    /// <summary>One that reported just now: times pass in these tests that no lease survives.</summary>
    private Task<TestWorker> StartAsync() => StartWorkerAsync($"worker {++_workers}", ["work", "free", "first", "second"]);

    private async Task<List<JobId>> EndAsync(int count, JobOutcomeKind kind = JobOutcomeKind.Completed, string name = "work", string queue = "default")
    {
        var ids = new List<JobId>();
        var worker = await StartAsync();
        for (var i = 0; i < count; i++)
        {
            ids.Add((await InsertAsync(Job(name, queue))).Id);
            await worker.EndAsync(await worker.ClaimOneAsync(), kind);
            await Harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        return ids;
    }

    private async Task<int> MaintainAsync(params RetentionBound[] bounds)
    {
        var removed = 0;
        MaintenanceReport report;
        do
        {
            report = await Storage.MaintainAsync(new MaintenanceRequest(null, 3, TimeSpan.FromDays(300)) { Bounds = bounds }, Cancellation);
            removed += report.Removed;
        }
        while (!report.IsDone);
        return removed;
    }

    private async Task AssertKeptAsync(IReadOnlyList<JobId> expected)
    {
        var kept = (await Storage.ListAsync(new JobFilter { Limit = 1000 }, Cancellation)).Jobs.Select(job => job.Id);
        Assert.Equal(expected.Select(id => id.ToString()).Order(), kept.Select(id => id.ToString()).Order());
    }
}
