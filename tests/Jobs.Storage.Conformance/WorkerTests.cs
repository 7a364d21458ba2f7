using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>The list of workers, and jobs that no live worker knows.</summary>
public abstract class WorkerTests : StorageTests
{
    private static readonly TimeSpan _grace = TimeSpan.FromHours(2);

    [Fact]
    public async Task A_worker_is_listed_as_it_reported()
    {
        await InsertManyAsync(Job(queue: "q1"), Job(queue: "q1"));
        var before = await Harness.GetNowAsync();
        var worker = await StartWorkerAsync("w/1 ž", ["work", "other"], ["q1", "q2"]);
        var after = await Harness.GetNowAsync();
        await worker.ClaimAsync(2);
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        await worker.HeartbeatAsync();
        var later = await Harness.GetNowAsync();

        var info = Assert.Single(await Storage.ListWorkersAsync(Cancellation));
        Assert.Equal(("w/1 ž", "host of w/1 ž", "1.0", 2), (info.Id, info.Host, info.Version, info.Running));
        Assert.Equal(["q1", "q2"], info.Queues);
        AssertBetween(before, after, info.StartedAt);
        AssertBetween(before.AddMinutes(2), later, info.LastHeartbeatAt);
    }

    [Fact]
    public async Task A_worker_for_all_queues_lists_none()
    {
        await Storage.HeartbeatAsync(new WorkerHeartbeat("w", "h", null, Lease, [], []), Cancellation);

        var info = Assert.Single(await Storage.ListWorkersAsync(Cancellation));
        Assert.Empty(info.Queues);
        Assert.Null(info.Version);
        Assert.Equal(0, info.Running);
    }

    [Fact]
    public async Task The_count_of_running_jobs_follows_claims_and_outcomes()
    {
        await InsertManyAsync(Job(), Job(), Job());
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(3);
        await worker.CompleteAsync(claimed[0]);

        Assert.Equal(2, Assert.Single(await Storage.ListWorkersAsync(Cancellation)).Running);
    }

    [Fact]
    public async Task A_dead_worker_leaves_the_list()
    {
        await StartWorkerAsync("dead");
        var live = await StartWorkerAsync("live");
        await ExpireLeasesAsync(live);
        await MaintainAsync();

        Assert.Equal(["live"], (await Storage.ListWorkersAsync(Cancellation)).Select(w => w.Id));
    }

    [Fact]
    public async Task A_job_that_no_live_worker_knows_fails_after_the_grace()
    {
        var id = await InsertAsync("unknown");
        var worker = await StartWorkerAsync();
        await PassAsync(_grace - TimeSpan.FromMinutes(5), worker);
        Assert.Equal(0, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);

        await PassAsync(TimeSpan.FromMinutes(6), worker);
        Assert.Equal(1, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Equal(FailureReason.NoHandler, job.FailureReason);
        Assert.False(string.IsNullOrEmpty(job.Error));
        Assert.Equal(0, job.Attempt);
        Assert.NotNull(job.CompletedAt);
        Assert.Equal([id], await Storage.GetEndedAsync([id], Cancellation));
    }

    [Fact]
    public async Task A_job_that_some_live_worker_knows_waits_for_it()
    {
        var id = await InsertAsync("rare");
        var (worker, specialist) = (await StartWorkerAsync(), await StartWorkerAsync("specialist", ["rare"]));
        await PassAsync(_grace * 2, worker, specialist);

        Assert.Equal(0, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
        Assert.Equal(id, (await specialist.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task What_only_a_dead_worker_knew_nobody_knows()
    {
        var id = await InsertAsync("rare");
        var worker = await StartWorkerAsync();
        await StartWorkerAsync("specialist", ["rare"]);
        await PassAsync(_grace * 3, worker);
        await MaintainAsync(noHandlerGrace: _grace);
        await PassAsync(_grace * 2, worker);
        await MaintainAsync(noHandlerGrace: _grace);

        Assert.Equal(FailureReason.NoHandler, (await GetAsync(id)).FailureReason);
    }

    [Fact]
    public async Task What_a_worker_knew_until_a_moment_ago_waits_for_its_return()
    {
        var id = await InsertAsync("rare");
        var (worker, specialist) = (await StartWorkerAsync(), await StartWorkerAsync("specialist", ["rare"]));
        await PassAsync(_grace * 2, worker, specialist);
        await Storage.RetireWorkerAsync("specialist", Cancellation);
        Assert.Equal(0, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);

        await PassAsync(_grace * 2, worker);
        Assert.Equal(1, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
    }

    [Fact]
    public async Task Without_a_live_worker_no_job_is_an_orphan()
    {
        var id = await InsertAsync("unknown");
        await PassAsync(_grace * 3);

        Assert.Equal(0, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task The_grace_of_a_scheduled_job_begins_when_it_is_due()
    {
        var id = await InsertAsync("unknown", delay: TimeSpan.FromHours(10));
        var worker = await StartWorkerAsync();
        await PassAsync(TimeSpan.FromHours(11), worker);
        Assert.Equal(0, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);

        await PassAsync(TimeSpan.FromHours(2), worker);
        Assert.Equal(1, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
    }

    [Fact]
    public async Task Known_and_running_jobs_are_no_orphans()
    {
        var (running, waiting) = (await InsertAsync(priority: 1), await InsertAsync());
        var worker = await StartWorkerAsync();
        await worker.ClaimOneAsync();
        await PassAsync(_grace * 2, worker);

        Assert.Equal(0, (await MaintainAsync(noHandlerGrace: _grace)).Orphaned);
        Assert.Equal(JobStatus.Running, (await GetAsync(running)).Status);
        Assert.Equal(JobStatus.Pending, (await GetAsync(waiting)).Status);
    }

    [Fact]
    public async Task Orphans_are_failed_in_batches()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 15).Select(i => Job($"unknown{i % 4}", priority: i % 3))]);
        var worker = await StartWorkerAsync();
        await PassAsync(_grace * 2, worker);
        var round = await Storage.MaintainAsync(new MaintenanceRequest(worker.Id, 3, _grace, BatchSize: 6), Cancellation);

        Assert.InRange(round.Orphaned, 1, 6);
        Assert.False(round.IsDone);
        Assert.Equal(15 - round.Orphaned, (await MaintainAsync(noHandlerGrace: _grace, batchSize: 6)).Orphaned);
        Assert.Equal(15, await Storage.CountAsync(new JobFilter { Status = JobStatus.Failed }, Cancellation));
    }

    /// <summary>Lets time pass while workers report.</summary>
    private async Task PassAsync(TimeSpan time, params IEnumerable<TestWorker> workers)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Lease / 2)
        {
            await Harness.AdvanceAsync(left < Lease / 2 ? left : Lease / 2);
            foreach (var worker in workers)
                Assert.True(await worker.HeartbeatAsync());
        }
    }
}
