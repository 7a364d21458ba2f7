using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>A bound on the number of finished jobs: the ones that ended last stay, whatever their own retention says.</summary>
public abstract class CountRetentionTests : StorageTests
{
    private const int Max = 5;

    [Fact]
    public async Task Only_so_many_finished_jobs_are_kept_and_those_that_ended_last()
    {
        var worker = await StartWorkerAsync();
        var ended = await EndAsync(worker, 12, JobOutcomeKind.Completed);
        var removed = await MaintainLaterAsync();

        await AssertKeptAsync(ended[^Max..]);
        Assert.InRange(removed, 0, ended.Count - Max);
        ended.AddRange(await EndAsync(worker, 3, JobOutcomeKind.Completed));
        await MaintainLaterAsync();
        await AssertKeptAsync(ended[^Max..]);
    }

    [Fact]
    public async Task Completed_failed_and_cancelled_jobs_count_together()
    {
        var worker = await StartWorkerAsync();
        var first = await EndAsync(worker, 4, JobOutcomeKind.Failed);
        var second = await EndAsync(worker, 2, JobOutcomeKind.Completed);
        var third = await EndAsync(worker, 1, JobOutcomeKind.Cancelled);
        await MaintainLaterAsync();

        await AssertKeptAsync([.. first[^2..], .. second, .. third]);
    }

    [Fact]
    public async Task Jobs_that_ended_together_are_kept_by_their_number()
    {
        var worker = await StartWorkerAsync();
        await InsertManyAsync([.. Enumerable.Range(0, 40).Select(_ => Job())]);
        await worker.ExchangeAsync(0, (await worker.ClaimAsync(40)).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        await MaintainLaterAsync(batchSize: 10);

        Assert.Equal(Max, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task Jobs_that_have_not_ended_do_not_count_and_stay()
    {
        var worker = await StartWorkerAsync();
        var delayed = await InsertManyAsync([.. Enumerable.Range(0, 2 * Max).Select(_ => Job(delay: TimeSpan.FromDays(300)))]);
        var ended = await EndAsync(worker, Max, JobOutcomeKind.Completed);
        await MaintainLaterAsync();

        await AssertKeptAsync([.. delayed.Select(job => job.Id), .. ended]);
    }

    [Fact]
    public async Task What_is_removed_frees_its_keys_and_takes_its_history_along()
    {
        var worker = await StartWorkerAsync();
        await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }));
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        await EndAsync(worker, Max, JobOutcomeKind.Completed);
        await MaintainLaterAsync();

        Assert.False((await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }))).WasDeduplicated);
    }

    /// <inheritdoc/>
    protected override void Prepare(StorageHarness harness) => harness.MaxFinished = Max;

    private async Task<List<JobId>> EndAsync(TestWorker worker, int count, JobOutcomeKind kind)
    {
        var ids = new List<JobId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await InsertAsync());
            await worker.EndAsync(await worker.ClaimOneAsync(), kind);
            await Harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        return ids;
    }

    private async Task<int> MaintainLaterAsync(int batchSize = 1000)
    {
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        return (await MaintainAsync(batchSize: batchSize)).Removed;
    }

    private async Task AssertKeptAsync(IReadOnlyList<JobId> expected)
    {
        var kept = (await Storage.ListAsync(new JobFilter { Limit = 1000 }, Cancellation)).Jobs.Select(job => job.Id);
        Assert.Equal(expected.Select(id => id.ToString()).Order(), kept.Select(id => id.ToString()).Order());
    }
}
