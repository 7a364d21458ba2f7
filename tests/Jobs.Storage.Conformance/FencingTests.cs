using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>The lease and its fence: a write about a job counts only under the current claim.</summary>
public abstract class FencingTests : StorageTests
{
    /// <summary>All ways for an attempt to end.</summary>
    public static TheoryData<JobOutcomeKind> Kinds => [.. Enum.GetValues<JobOutcomeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_right_token_with_a_wrong_nonce_is_rejected(JobOutcomeKind kind)
    {
        await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();

        await AssertRejectedAsync(worker, TestWorker.Outcome(claimed, kind) with { Lease = claimed.Lease with { Nonce = claimed.Lease.Nonce ^ 1 } });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_wrong_token_with_the_right_nonce_is_rejected(JobOutcomeKind kind)
    {
        await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();

        await AssertRejectedAsync(worker, TestWorker.Outcome(claimed, kind) with { Lease = claimed.Lease with { Token = claimed.Lease.Token + 1 } });
        await AssertRejectedAsync(worker, TestWorker.Outcome(claimed, kind) with { Lease = claimed.Lease with { Token = claimed.Lease.Token - 1 } });
        await AssertRejectedAsync(worker, TestWorker.Outcome(claimed, kind) with { Lease = default });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_outcome_under_an_earlier_lease_is_rejected(JobOutcomeKind kind)
    {
        await InsertAsync();
        var (stale, current) = (await StartWorkerAsync("stale"), await StartWorkerAsync("current"));
        var old = await stale.ClaimOneAsync();
        await stale.EndAsync(old, JobOutcomeKind.Released);
        var claimed = await current.ClaimOneAsync();

        await AssertRejectedAsync(stale, TestWorker.Outcome(old, kind));
        Assert.Equal(OutcomeDisposition.Stored, await current.CompleteAsync(claimed));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_outcome_counts_once(JobOutcomeKind kind)
    {
        await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await worker.CompleteAsync(claimed, Json("1"));

        await AssertRejectedAsync(worker, TestWorker.Outcome(claimed, kind) with { Result = Json("2") });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_outcome_while_the_job_waits_for_its_next_run_is_rejected(JobOutcomeKind kind)
    {
        await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await worker.EndAsync(claimed, JobOutcomeKind.Retry, TimeSpan.FromHours(1));

        await AssertRejectedAsync(worker, TestWorker.Outcome(claimed, kind));
    }

    [Fact]
    public async Task A_lease_fits_only_its_own_job()
    {
        var id = await InsertAsync();
        await InsertAsync();
        var (first, second) = (await StartWorkerAsync("first"), await StartWorkerAsync("second"));
        var (mine, other) = (await first.ClaimOneAsync(), await second.ClaimOneAsync());

        Assert.Equal(id, mine.Id);
        await AssertRejectedAsync(second, TestWorker.Outcome(mine, JobOutcomeKind.Completed) with { Lease = other.Lease });
    }

    [Fact]
    public async Task Outcomes_of_unknown_and_of_unclaimed_jobs_are_rejected()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var unknown = new JobOutcome { Id = JobId.New(), Lease = new JobLease(1, 1), Kind = JobOutcomeKind.Completed };

        Assert.Equal(OutcomeDisposition.Rejected, await worker.EndAsync(unknown));
        await AssertRejectedAsync(worker, unknown with { Id = id });
        await AssertRejectedAsync(worker, unknown with { Id = id, Lease = default });
    }

    [Fact]
    public async Task One_exchange_may_carry_good_and_stale_outcomes()
    {
        for (var i = 0; i < 4; i++)
            await InsertAsync();

        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(4);
        await worker.CompleteAsync(claimed[1]);
        var exchange = await worker.ExchangeAsync(0, claimed.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)).Append(TestWorker.Outcome(claimed[0], JobOutcomeKind.Failed)));

        Assert.Equal(
            [OutcomeDisposition.Stored, OutcomeDisposition.Rejected, OutcomeDisposition.Stored, OutcomeDisposition.Stored, OutcomeDisposition.Rejected],
            exchange.Dispositions);
        foreach (var job in claimed)
            Assert.Equal(JobStatus.Completed, (await GetAsync(job.Id)).Status);
    }

    [Fact]
    public async Task Tokens_grow_from_claim_to_claim()
    {
        for (var i = 0; i < 6; i++)
            await InsertAsync();

        var (first, second) = (await StartWorkerAsync("first"), await StartWorkerAsync("second"));
        var last = 0L;
        foreach (var worker in new[] { first, second, first })
        {
            var tokens = (await worker.ClaimAsync(2)).Select(c => c.Lease.Token).ToList();
            Assert.Equal(2, tokens.Count);
            Assert.True(tokens.Min() > last);
            last = tokens.Max();
        }
    }

    [Fact]
    public async Task The_nonce_differs_from_claim_to_claim()
    {
        for (var i = 0; i < 8; i++)
            await InsertAsync();

        var worker = await StartWorkerAsync();
        var nonces = new List<long>();
        for (var i = 0; i < 8; i++)
            nonces.Add((await worker.ClaimOneAsync()).Lease.Nonce);

        Assert.Equal(8, nonces.Distinct().Count());
    }

    [Fact]
    public async Task Progress_is_stored_only_under_the_lease()
    {
        var id = await InsertAsync();
        var other = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2);

        var before = await Harness.GetNowAsync();
        var lost = await Storage.ReportProgressAsync(
            [
                new(id, claimed[0].Lease, 42.5, "half ž"),
                new(other, claimed[1].Lease with { Nonce = claimed[1].Lease.Nonce + 1 }, 99, "stale"),
            ],
            Cancellation);
        var after = await Harness.GetNowAsync();

        Assert.Equal([other], lost);
        var job = await GetAsync(id);
        Assert.Equal(42.5, job.Progress);
        Assert.Equal("half ž", job.ProgressMessage);
        AssertBetween(before, after, job.LastProgressAt);
        Assert.Null((await GetAsync(other)).Progress);
    }

    [Fact]
    public async Task Progress_after_the_end_and_of_unknown_jobs_is_refused()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        Assert.Empty(await Storage.ReportProgressAsync([new(id, claimed.Lease, 10, null)], Cancellation));
        await worker.CompleteAsync(claimed);
        var unknown = JobId.New();

        Assert.Equal([id, unknown], await Storage.ReportProgressAsync([new(id, claimed.Lease, 50, null), new(unknown, claimed.Lease, 50, null)], Cancellation));
        Assert.Empty(await Storage.ReportProgressAsync([], Cancellation));
        Assert.NotEqual(50, (await GetAsync(id)).Progress);
    }

    [Fact]
    public async Task Later_progress_replaces_earlier()
    {
        var id = await InsertAsync();
        var claimed = await (await StartWorkerAsync()).ClaimOneAsync();

        await Storage.ReportProgressAsync([new(id, claimed.Lease, 10, "a"), new(id, claimed.Lease, 20, "b")], Cancellation);
        Assert.Equal(20, (await GetAsync(id)).Progress);
        await Storage.ReportProgressAsync([new(id, claimed.Lease, 15, null)], Cancellation);

        var job = await GetAsync(id);
        Assert.Equal(15, job.Progress);
        Assert.Null(job.ProgressMessage);
    }

    [Fact]
    public async Task Whether_a_job_was_completed_is_told_by_its_lease()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var first = await worker.ClaimOneAsync();
        Assert.False(await Storage.WasCompletedAsync(id, first.Lease, Cancellation));
        await worker.EndAsync(first, JobOutcomeKind.Retry);
        var second = await worker.ClaimOneAsync();
        await worker.CompleteAsync(second);

        Assert.True(await Storage.WasCompletedAsync(id, second.Lease, Cancellation));
        Assert.False(await Storage.WasCompletedAsync(id, first.Lease, Cancellation));
        Assert.False(await Storage.WasCompletedAsync(id, second.Lease with { Nonce = second.Lease.Nonce ^ 1 }, Cancellation));
        Assert.False(await Storage.WasCompletedAsync(JobId.New(), second.Lease, Cancellation));
    }

    [Fact]
    public async Task A_failed_job_was_not_completed()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await worker.EndAsync(claimed, JobOutcomeKind.Failed);

        Assert.False(await Storage.WasCompletedAsync(id, claimed.Lease, Cancellation));
    }

    private async Task AssertRejectedAsync(TestWorker worker, JobOutcome outcome)
    {
        var before = await GetAsync(outcome.Id);
        Assert.Equal(OutcomeDisposition.Rejected, await worker.EndAsync(outcome));
        Assert.Equal(before.ToJson(), (await GetAsync(outcome.Id)).ToJson());
    }
}
