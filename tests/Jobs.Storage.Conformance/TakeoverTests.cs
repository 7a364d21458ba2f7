using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Workers that die, retire or forget: their jobs are taken over, at most so often, and nobody else's are.</summary>
public abstract class TakeoverTests : StorageTests
{
    [Fact]
    public async Task A_dead_workers_job_is_taken_over_without_counting_the_attempt()
    {
        var id = await InsertAsync();
        var (dead, live) = (await StartWorkerAsync("dead"), await StartWorkerAsync("live"));
        var lost = await dead.ClaimOneAsync();
        await Storage.ReportProgressAsync([new(id, lost.Lease, 80, "nearly")], Cancellation);
        await ExpireLeasesAsync(live);

        var report = await MaintainAsync();
        Assert.Equal((1, 0), (report.TakenOver, report.Stalled));
        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Pending, job.Status);
        Assert.Equal(0, job.Attempt);
        Assert.False(job.IsDelayed);
        Assert.Null(job.LockedBy);
        Assert.Null(job.Error);
        Assert.Equal(FailureReason.None, job.FailureReason);
        var run = Assert.Single(job.Attempts);
        Assert.Equal((1, "dead", FailureReason.Stalled), (run.Number, run.Worker, run.Reason));
        Assert.NotNull(run.EndedAt);

        var claimed = await live.ClaimOneAsync();
        Assert.Equal((id, 1), (claimed.Id, claimed.Attempt));
        Assert.True(claimed.Lease.Token > lost.Lease.Token);
        Assert.Null((await GetAsync(id)).Progress);
        await live.CompleteAsync(claimed);
        job = await GetAsync(id);
        Assert.Equal(1, job.Attempt);
        Assert.Equal([(1, "dead"), (1, "live")], job.Attempts.Select(a => (a.Number, a.Worker)));
        Assert.Null(job.Error);
    }

    [Fact]
    public async Task What_the_dead_worker_still_says_is_rejected()
    {
        var id = await InsertAsync();
        var (dead, live) = (await StartWorkerAsync("dead"), await StartWorkerAsync("live"));
        var lost = await dead.ClaimOneAsync();
        await ExpireLeasesAsync(live);
        await MaintainAsync();

        Assert.Equal(OutcomeDisposition.Rejected, await dead.CompleteAsync(lost));
        Assert.Equal([id], await Storage.ReportProgressAsync([new(id, lost.Lease, 1, null)], Cancellation));
        await live.ClaimOneAsync();
        Assert.Equal(OutcomeDisposition.Rejected, await dead.CompleteAsync(lost));
        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);
        Assert.False(await Storage.WasCompletedAsync(id, lost.Lease, Cancellation));
    }

    [Fact]
    public async Task An_expired_lease_that_was_not_taken_over_still_completes()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await ExpireLeasesAsync();

        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed));
        Assert.Equal(0, (await MaintainAsync()).TakenOver);
        Assert.Equal(JobStatus.Completed, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task A_worker_that_reports_keeps_its_jobs_however_long_they_run()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        for (var i = 0; i < 5; i++)
        {
            await ExpireLeasesAsync(worker);
            Assert.Equal(0, (await MaintainAsync()).TakenOver);
        }

        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed));
    }

    [Fact]
    public async Task A_lease_within_its_time_is_left_alone()
    {
        await InsertAsync();
        await (await StartWorkerAsync()).ClaimOneAsync();
        await Harness.AdvanceAsync(Lease - TimeSpan.FromMinutes(2));

        Assert.Equal(0, (await MaintainAsync()).TakenOver);
    }

    [Fact]
    public async Task Each_worker_has_its_own_lease_duration()
    {
        var id = await InsertAsync();
        var patient = new TestWorker(Storage, "patient", ["work"], null, Lease * 10);
        await patient.HeartbeatAsync();
        await patient.ClaimOneAsync();
        await ExpireLeasesAsync();

        Assert.Equal(0, (await MaintainAsync()).TakenOver);
        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task The_first_heartbeat_registers_and_later_ones_go_on()
    {
        var worker = new TestWorker(Storage, "w", ["work"], null, Lease);

        Assert.True(await worker.HeartbeatAsync());
        Assert.True(await worker.HeartbeatAsync());
    }

    [Fact]
    public async Task A_worker_that_was_declared_dead_is_told_so_once()
    {
        var worker = await StartWorkerAsync();
        await InsertAsync();
        await worker.ClaimOneAsync();
        await ExpireLeasesAsync();
        await MaintainAsync();

        Assert.False(await worker.HeartbeatAsync());
        Assert.True(await worker.HeartbeatAsync());
        Assert.Single(await worker.ClaimAsync());
    }

    [Fact]
    public async Task What_a_dead_worker_held_is_taken_over_although_it_came_back_in_the_middle()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 6).Select(_ => Job())]);
        var (dead, live) = (await StartWorkerAsync("dead"), await StartWorkerAsync("live"));
        var lost = await dead.ClaimAsync(6);
        await ExpireLeasesAsync(live);
        var round = await Storage.MaintainAsync(new MaintenanceRequest(null, 3, TimeSpan.FromDays(1), BatchSize: 2), Cancellation);
        Assert.InRange(round.TakenOver, 1, 2);
        Assert.False(round.IsDone);

        Assert.False(await dead.HeartbeatAsync());
        await MaintainAsync(batchSize: 2);

        Assert.Equal(6, (await live.ClaimAsync(10)).Count);
        foreach (var job in lost)
            Assert.Equal(OutcomeDisposition.Rejected, await dead.CompleteAsync(job));
    }

    [Fact]
    public async Task A_job_is_taken_over_so_often_and_then_fails_as_stalled()
    {
        var id = await InsertAsync();
        for (var i = 1; i <= 3; i++)
        {
            var worker = await StartWorkerAsync($"w{i}");
            await worker.ClaimOneAsync();
            await ExpireLeasesAsync();
            var report = await MaintainAsync(maxTakeovers: 2);
            Assert.Equal(i <= 2 ? (1, 0) : (0, 1), (report.TakenOver, report.Stalled));
        }

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Equal(FailureReason.Stalled, job.FailureReason);
        Assert.False(string.IsNullOrEmpty(job.Error));
        Assert.NotNull(job.CompletedAt);
        Assert.Null(job.NextAttemptAt);
        Assert.Null(job.LockedBy);
        Assert.Equal(["w1", "w2", "w3"], job.Attempts.Select(a => a.Worker));
        Assert.All(job.Attempts, a => Assert.Equal(FailureReason.Stalled, a.Reason));
        Assert.Empty(await (await StartWorkerAsync("w4")).ClaimAsync());
    }

    [Fact]
    public async Task Without_takeovers_the_first_loss_fails_the_job()
    {
        var id = await InsertAsync();
        await (await StartWorkerAsync()).ClaimOneAsync();
        await ExpireLeasesAsync();

        Assert.Equal(1, (await MaintainAsync(maxTakeovers: 0)).Stalled);
        Assert.Equal(JobStatus.Failed, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task A_flagged_job_of_a_dead_worker_is_cancelled()
    {
        var id = await InsertAsync();
        await (await StartWorkerAsync()).ClaimOneAsync();
        Assert.Equal(CancelOutcome.Requested, await Storage.CancelAsync(id, Cancellation));
        await ExpireLeasesAsync();
        await MaintainAsync();

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Cancelled, job.Status);
        Assert.Equal(0, job.Attempt);
        Assert.Null(job.Error);
        Assert.Single(job.Attempts);
    }

    [Fact]
    public async Task A_flagged_job_whose_takeovers_are_used_up_is_cancelled_not_stalled()
    {
        var id = await InsertAsync();
        await (await StartWorkerAsync()).ClaimOneAsync();
        await Storage.CancelAsync(id, Cancellation);
        await ExpireLeasesAsync();

        Assert.Equal(0, (await MaintainAsync(maxTakeovers: 0)).Stalled);
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task Takeovers_and_attempts_are_counted_apart()
    {
        var id = await InsertAsync();
        var live = await StartWorkerAsync("live");
        await live.EndAsync(await live.ClaimOneAsync(), JobOutcomeKind.Retry);
        var dead = await StartWorkerAsync("dead");
        Assert.Equal(2, (await dead.ClaimOneAsync()).Attempt);
        await ExpireLeasesAsync(live);
        await MaintainAsync();

        Assert.Equal(1, (await GetAsync(id)).Attempt);
        Assert.Equal(2, (await live.ClaimOneAsync()).Attempt);
        Assert.Equal([1, 2, 2], (await GetAsync(id)).Attempts.Select(a => a.Number));
    }

    [Fact]
    public async Task Concurrent_maintenance_takes_each_job_over_once()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 50).Select(_ => Job())]);
        Assert.Equal(50, (await (await StartWorkerAsync()).ClaimAsync(50)).Count);
        await ExpireLeasesAsync();
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rounds = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await start.Task;
            return await MaintainAsync(batchSize: 20);
        })).ToList();
        start.SetResult();
        var reports = await Task.WhenAll(rounds);
        await MaintainAsync();

        Assert.InRange(reports.Sum(r => r.TakenOver), 1, 50);
        var claimed = await (await StartWorkerAsync("next")).ClaimAsync(100);
        Assert.Equal(50, claimed.Select(c => c.Id).Distinct().Count());
        Assert.Equal(50, claimed.Count);
        foreach (var job in claimed)
            Assert.Equal(2, (await GetAsync(job.Id)).Attempts.Count);
    }

    [Fact]
    public async Task After_an_outage_of_the_storage_all_leases_get_a_period_of_grace()
    {
        Assert.SkipUnless(Harness.CanSimulateOutage, "The harness cannot simulate an outage of this storage.");
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await MaintainAsync();

        await Harness.SimulateOutageAsync(Lease * 3);
        Assert.Equal(0, (await MaintainAsync()).TakenOver);
        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);

        await ExpireLeasesAsync();
        Assert.Equal(1, (await MaintainAsync()).TakenOver);
        Assert.Equal(OutcomeDisposition.Rejected, await worker.CompleteAsync(claimed));
    }

    [Fact]
    public async Task A_worker_that_retires_gives_back_at_once_without_counting()
    {
        var id = await InsertAsync();
        var (leaving, next) = (await StartWorkerAsync("leaving"), await StartWorkerAsync("next"));
        var claimed = await leaving.ClaimOneAsync();

        await Storage.RetireWorkerAsync("leaving", Cancellation);

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Pending, job.Status);
        Assert.Equal(0, job.Attempt);
        Assert.Null(job.LockedBy);
        Assert.Equal([(1, "leaving", FailureReason.None)], job.Attempts.Select(a => (a.Number, a.Worker, a.Reason)));
        Assert.Equal(["next"], (await Storage.ListWorkersAsync(Cancellation)).Select(w => w.Id));
        Assert.Equal(OutcomeDisposition.Rejected, await leaving.CompleteAsync(claimed));
        Assert.Equal(1, (await next.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task A_worker_that_retires_gives_back_all_that_it_holds()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 12).Select(i => Job(queue: $"q{i % 3}", priority: i % 2))]);
        var leaving = await StartWorkerAsync("leaving");
        await leaving.ClaimAsync(7);
        await leaving.ClaimAsync(5);

        await Storage.RetireWorkerAsync("leaving", Cancellation);

        Assert.Equal(12, (await (await StartWorkerAsync("next")).ClaimAsync(100)).Count);
    }

    [Fact]
    public async Task Retiring_uses_up_no_takeover_and_touches_nobody_else()
    {
        var others = await InsertAsync();
        var keeper = await StartWorkerAsync("keeper");
        await keeper.ClaimOneAsync();
        var id = await InsertAsync();
        for (var i = 0; i < 4; i++)
        {
            var worker = await StartWorkerAsync($"w{i}");
            await worker.ClaimOneAsync();
            await Storage.RetireWorkerAsync(worker.Id, Cancellation);
        }

        await (await StartWorkerAsync("last")).ClaimOneAsync();
        await ExpireLeasesAsync(keeper);
        Assert.Equal(1, (await MaintainAsync(maxTakeovers: 1)).TakenOver);
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
        Assert.Equal(JobStatus.Running, (await GetAsync(others)).Status);
    }

    [Fact]
    public async Task A_flagged_job_of_a_worker_that_retires_is_cancelled()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.ClaimOneAsync();
        await Storage.CancelAsync(id, Cancellation);

        await Storage.RetireWorkerAsync(worker.Id, Cancellation);

        Assert.Equal(JobStatus.Cancelled, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task Retiring_an_unknown_worker_is_nothing()
    {
        await InsertAsync();
        await Storage.RetireWorkerAsync("nobody", Cancellation);
        Assert.Equal(1, await Storage.CountAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation));
    }

    [Fact]
    public async Task What_a_worker_never_heard_of_is_given_back()
    {
        var heard = await InsertAsync();
        var worker = await StartWorkerAsync("w");
        var known = await worker.ClaimOneAsync();
        var unheard = await InsertAsync();
        var flagged = await InsertAsync();
        var others = await InsertAsync();
        var lost = await worker.ClaimAsync(2);
        await Storage.CancelAsync(flagged, Cancellation);
        await (await StartWorkerAsync("other")).ClaimOneAsync();

        await Storage.ReleaseUnknownAsync("w", [known.Lease], Cancellation);

        Assert.Equal(JobStatus.Running, (await GetAsync(heard)).Status);
        Assert.Equal(JobStatus.Running, (await GetAsync(others)).Status);
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(flagged)).Status);
        var job = await GetAsync(unheard);
        Assert.Equal((JobStatus.Pending, 0), (job.Status, job.Attempt));
        Assert.Equal(FailureReason.None, Assert.Single(job.Attempts).Reason);
        Assert.Equal(OutcomeDisposition.Rejected, await worker.CompleteAsync(lost.Single(l => l.Id == unheard)));
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(known));
        Assert.Equal(unheard, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_worker_that_knows_nothing_gives_everything_back()
    {
        await InsertManyAsync(Job(), Job());
        var worker = await StartWorkerAsync("w");
        await worker.ClaimAsync(2);

        await Storage.ReleaseUnknownAsync("w", [], Cancellation);
        await Storage.ReleaseUnknownAsync("nobody", [], Cancellation);

        Assert.Equal(2, (await worker.ClaimAsync(10)).Count);
    }
}
