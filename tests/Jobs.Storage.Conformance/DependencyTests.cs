using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Jobs that wait for others to complete.</summary>
public abstract class DependencyTests : StorageTests
{
    [Fact]
    public async Task A_job_waits_until_all_that_it_depends_on_has_completed()
    {
        var (a, b) = (await InsertAsync("a"), await InsertAsync("b"));
        var child = await InsertAsync(After(a, b));
        Assert.Equal(JobStatus.Waiting, (await GetAsync(child.Id)).Status);
        Assert.Contains("2 jobs", (await GetAsync(child.Id)).PendingReason, StringComparison.Ordinal);
        Assert.Equal(1, await Storage.CountAsync(new JobFilter { Status = JobStatus.Waiting }, Cancellation));
        Assert.Equal(child.Id, Assert.Single((await Storage.ListAsync(new JobFilter { Status = JobStatus.Waiting }, Cancellation)).Jobs).Id);

        var worker = await StartWorkerAsync(names: ["a", "b", "work"]);
        var held = await worker.ClaimAsync(10);
        Assert.Equal([a, b], held.Select(j => j.Id));
        Assert.Empty((await worker.ExchangeAsync(10, [TestWorker.Outcome(held[0], JobOutcomeKind.Completed)])).Claimed);
        Assert.Equal(JobStatus.Waiting, (await GetAsync(child.Id)).Status);

        await worker.CompleteAsync(held[1]);
        var released = await GetAsync(child.Id);
        Assert.Equal((JobStatus.Pending, null), (released.Status, released.PendingReason));
        Assert.Equal(child.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task The_outcome_of_the_last_dependency_and_the_claim_of_the_dependant_share_an_exchange()
    {
        var parent = await InsertAsync();
        var child = await InsertAsync(After(parent));
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();

        var exchange = await worker.ExchangeAsync(1, [TestWorker.Outcome(job, JobOutcomeKind.Completed)]);
        Assert.Equal(child.Id, Assert.Single(exchange.Claimed).Id);
    }

    [Fact]
    public async Task What_has_completed_already_counts_at_once()
    {
        var parent = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());

        var child = await InsertAsync(After(parent));
        Assert.Equal(JobStatus.Pending, (await GetAsync(child.Id)).Status);
        Assert.Equal(child.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Theory]
    [InlineData(JobOutcomeKind.Failed)]
    [InlineData(JobOutcomeKind.Cancelled)]
    public async Task Failure_and_cancel_cascade(JobOutcomeKind kind)
    {
        var parent = await InsertAsync();
        var child = await InsertAsync(After(parent));
        var grandchild = await InsertAsync(After(child.Id));
        var other = await InsertAsync(After(parent));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), kind);

        foreach (var id in new[] { child.Id, grandchild.Id, other.Id })
        {
            var job = await GetAsync(id);
            Assert.Equal((JobStatus.Failed, FailureReason.DependencyFailed), (job.Status, job.FailureReason));
            Assert.NotNull(job.Error);
            Assert.NotNull(job.CompletedAt);
        }

        Assert.Empty(await worker.ClaimAsync(10));
    }

    [Fact]
    public async Task A_retry_of_a_dependency_keeps_its_dependants_waiting()
    {
        var parent = await InsertAsync();
        var child = await InsertAsync(After(parent));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry);
        Assert.Equal(JobStatus.Waiting, (await GetAsync(child.Id)).Status);
        await worker.CompleteAsync(await worker.ClaimOneAsync());
        Assert.Equal(JobStatus.Pending, (await GetAsync(child.Id)).Status);
    }

    [Fact]
    public async Task What_has_failed_already_fails_the_dependant_at_once()
    {
        var parent = await InsertAsync();
        Assert.Equal(CancelOutcome.Cancelled, await Storage.CancelAsync(parent, Cancellation));

        var child = await InsertAsync(After(parent));
        Assert.Equal(FailureReason.DependencyFailed, (await GetAsync(child.Id)).FailureReason);
    }

    [Fact]
    public async Task Cancelling_a_waiting_dependency_fails_what_waits_for_it()
    {
        var parent = await InsertAsync();
        var child = await InsertAsync(After(parent));
        var grandchild = await InsertAsync(After(child.Id));

        Assert.Equal(CancelOutcome.Cancelled, await Storage.CancelAsync(child.Id, Cancellation));
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(child.Id)).Status);
        Assert.Equal(FailureReason.DependencyFailed, (await GetAsync(grandchild.Id)).FailureReason);
        Assert.Equal(JobStatus.Pending, (await GetAsync(parent)).Status);
    }

    [Fact]
    public async Task A_job_that_does_not_exist_is_refused_and_nothing_is_stored()
    {
        var known = await InsertAsync();
        var unknown = JobId.New();
        var refusal = await Assert.ThrowsAsync<JobNotFoundException>(async () => await InsertAsync(After(known, unknown)));
        Assert.Equal(unknown, refusal.JobId);
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await InsertManyAsync(Job(), Job(details: new JobDetails { Id = JobId.From("x"), IdempotencyKey = "k" }), After(unknown)));

        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.False((await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }))).WasDeduplicated);
    }

    [Fact]
    public async Task A_job_cannot_depend_on_itself()
    {
        var id = JobId.From("self");
        await Assert.ThrowsAnyAsync<JobException>(async () => await InsertAsync(Job(details: new JobDetails { Id = id, DependsOn = [id] })));
        Assert.False(await ExistsAsync(id));
    }

    [Fact]
    public async Task In_a_bulk_a_job_may_depend_on_those_before_it_and_not_on_those_after_it()
    {
        var (a, b) = (JobId.From("a"), JobId.From("b"));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await InsertManyAsync(
            Job(details: new JobDetails { Id = a, DependsOn = [b] }),
            Job(details: new JobDetails { Id = b })));
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));

        var inserted = await InsertManyAsync(
            Job(details: new JobDetails { Id = a }),
            Job(details: new JobDetails { Id = b, DependsOn = [a] }),
            After(a, b));
        Assert.Equal([JobStatus.Pending, JobStatus.Waiting, JobStatus.Waiting], (await Task.WhenAll(inserted.Select(i => GetAsync(i.Id)))).Select(j => j.Status));
        var worker = await StartWorkerAsync();
        for (var i = 0; i < 3; i++)
        {
            var job = Assert.Single(await worker.ClaimAsync(10));
            Assert.Equal(inserted[i].Id, job.Id);
            await worker.CompleteAsync(job);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_that_is_not_kept_still_counts(bool completes)
    {
        var parent = await InsertAsync(policy: new JobPolicy { RetainCompleted = TimeSpan.Zero, RetainFailed = TimeSpan.Zero });
        var child = await InsertAsync(After(parent));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), completes ? JobOutcomeKind.Completed : JobOutcomeKind.Failed);

        Assert.False(await ExistsAsync(parent));
        Assert.Equal(completes ? JobStatus.Pending : JobStatus.Failed, (await GetAsync(child.Id)).Status);
    }

    [Fact]
    public async Task Retention_strands_nobody()
    {
        var policy = new JobPolicy { RetainCompleted = TimeSpan.FromMinutes(1) };
        var (a, b) = (await InsertAsync("a", policy: policy), await InsertAsync("b"));
        var child = await InsertAsync(After(a, b));
        var worker = await StartWorkerAsync(names: ["a", "b", "work"]);
        var held = await worker.ClaimAsync(2);
        await worker.CompleteAsync(held.Single(j => j.Id == a));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        await MaintainAsync();
        Assert.False(await ExistsAsync(a));
        Assert.Equal(JobStatus.Waiting, (await GetAsync(child.Id)).Status);

        await worker.CompleteAsync(held.Single(j => j.Id == b));
        Assert.Equal(child.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_dependant_keeps_its_time_priority_and_keys()
    {
        var parent = await InsertAsync();
        var child = await InsertAsync(Job(delay: TimeSpan.FromHours(1), priority: 7, details: new JobDetails { DependsOn = [parent], ConcurrencyKey = "k" }));
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());
        Assert.True((await GetAsync(child.Id)).IsDelayed);
        Assert.Empty(await worker.ClaimAsync(5));

        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        await InsertAsync(Job(details: new JobDetails { ConcurrencyKey = "k" }));
        Assert.Equal(child.Id, Assert.Single(await worker.ClaimAsync(5)).Id);
    }

    [Fact]
    public async Task A_stalled_dependency_fails_its_dependants()
    {
        var parent = await InsertAsync();
        var child = await InsertAsync(After(parent));
        var worker = await StartWorkerAsync();
        await worker.ClaimOneAsync();
        await ExpireLeasesAsync();
        await MaintainAsync(maxTakeovers: 0);

        Assert.Equal(FailureReason.Stalled, (await GetAsync(parent)).FailureReason);
        Assert.Equal(FailureReason.DependencyFailed, (await GetAsync(child.Id)).FailureReason);
    }

    [Fact]
    public async Task Listeners_hear_of_released_and_of_failed_dependants()
    {
        var recorder = new SignalRecorder();
        using var subscription = Storage.Subscribe(recorder);
        var parent = await InsertAsync();
        var child = await InsertAsync(After(parent));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);

        await recorder.WaitForEndOfAsync(child.Id, TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task A_long_chain_fails_from_end_to_end()
    {
        var ids = new List<JobId> { await InsertAsync() };
        for (var i = 0; i < 300; i++)
            ids.Add((await InsertAsync(After(ids[^1]))).Id);

        await Storage.CancelAsync(ids[0], Cancellation);
        Assert.Equal(300, await Storage.CountAsync(new JobFilter { Status = JobStatus.Failed }, Cancellation));
    }

    [Fact]
    public async Task Whatever_ends_while_dependants_are_inserted_none_is_stranded()
    {
        var worker = await StartWorkerAsync();
        for (var round = 0; round < 15; round++)
        {
            var parents = (await InsertManyAsync(Job(), Job(), Job())).Select(i => i.Id).ToList();
            var held = await worker.ClaimAsync(3);
            var children = Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => InsertAsync(After(parents[i % 3], parents[(i + 1) % 3])))));
            var ends = Task.WhenAll(held.Select(j => Task.Run(() => worker.CompleteAsync(j))));
            await Task.WhenAll(children, ends);
            await MaintainAsync();
            var claimed = await worker.ClaimAsync(10);
            Assert.Equal((await children).Select(c => c.Id).Order(), claimed.Select(c => c.Id).Order());
            await worker.ExchangeAsync(0, claimed.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        }
    }

    private static JobRecord After(params JobId[] ids) => Job(details: new JobDetails { DependsOn = ids });
}
