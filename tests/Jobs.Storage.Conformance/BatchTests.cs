using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Many jobs in one call, which storages may treat together: each still has a state, a lease and an end of its own.</summary>
public abstract class BatchTests : StorageTests
{
    private const int Count = 100;

    [Fact]
    public async Task Jobs_of_one_call_keep_their_order_and_their_own_inputs()
    {
        var jobs = Enumerable.Range(0, Count).Select(static i => Job(
            i % 41 == 40 ? "other" : "work",
            priority: i == 70 ? 5 : 0,
            payload: Json($"{{\"n\":{i}}}"),
            delay: i == 50 ? TimeSpan.FromHours(1) : TimeSpan.Zero,
            details: i == 60 ? new JobDetails { Tags = ["a"] } : null)).ToList();
        var ids = (await InsertManyAsync(jobs)).Select(static job => job.Id).ToList();
        var worker = await StartWorkerAsync(names: ["work", "other"]);

        var claimed = await worker.ClaimAsync(Count);

        int[] expected = [70, .. Enumerable.Range(0, Count).Except([50, 70])];
        Assert.Equal(expected.Select(i => ids[i]), claimed.Select(static job => job.Id));
        Assert.Equal(expected.Select(i => jobs[i].Name), claimed.Select(static job => job.Record.Name));
        Assert.Equal(expected.Select(i => Convert.ToHexString(jobs[i].Payload)), claimed.Select(static job => Convert.ToHexString(job.Record.Payload)));
        Assert.Equal(["a"], claimed.Single(job => job.Id == ids[60]).Record.Details!.Tags);
        Assert.Equal(JobStatus.Pending, (await GetAsync(ids[50])).Status);
    }

    [Fact]
    public async Task Completions_in_any_order_end_each_job_once()
    {
        await InsertManyAsync(Enumerable.Repeat(Job(), Count).ToList());
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(Count);
        var outcomes = claimed.OrderBy(static job => job.Id.Value.GetHashCode()).Select(static job => TestWorker.Outcome(job, JobOutcomeKind.Completed)).ToList();

        Assert.All((await worker.ExchangeAsync(Count, outcomes)).Dispositions, static disposition => Assert.Equal(OutcomeDisposition.Stored, disposition));
        var again = await worker.ExchangeAsync(Count, outcomes);

        Assert.All(again.Dispositions, static disposition => Assert.Equal(OutcomeDisposition.Rejected, disposition));
        Assert.Empty(again.Claimed);
        foreach (var job in claimed)
        {
            var snapshot = await GetAsync(job.Id);
            Assert.Equal((JobStatus.Completed, 1), (snapshot.Status, snapshot.Attempt));
        }
    }

    [Fact]
    public async Task One_outcome_of_many_does_not_decide_about_the_others()
    {
        await InsertManyAsync(Enumerable.Repeat(Job(), Count).ToList());
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(Count);
        await Storage.CancelAsync(claimed[10].Id, Cancellation);
        await worker.CompleteAsync(claimed[40]);
        var outcomes = claimed.Select(static job => TestWorker.Outcome(job, JobOutcomeKind.Completed)).ToList();
        outcomes[20] = outcomes[20] with { Lease = outcomes[20].Lease with { Nonce = outcomes[20].Lease.Nonce ^ 1 } };
        outcomes[30] = TestWorker.Outcome(claimed[30], JobOutcomeKind.Retry, TimeSpan.FromMinutes(1));
        outcomes[50] = outcomes[50] with { Lease = outcomes[50].Lease with { Token = outcomes[50].Lease.Token + 1000 } };
        outcomes[60] = outcomes[60] with { Result = Json("{\"r\":60}") };

        var dispositions = (await worker.ExchangeAsync(0, outcomes)).Dispositions;

        var expected = Enumerable.Repeat(OutcomeDisposition.Stored, Count).ToArray();
        expected[10] = OutcomeDisposition.Cancelled;
        expected[20] = expected[40] = expected[50] = OutcomeDisposition.Rejected;
        Assert.Equal(expected, dispositions);
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(claimed[10].Id)).Status);
        Assert.Equal(JobStatus.Running, (await GetAsync(claimed[20].Id)).Status);
        Assert.Equal(JobStatus.Pending, (await GetAsync(claimed[30].Id)).Status);
        Assert.Equal(JobStatus.Running, (await GetAsync(claimed[50].Id)).Status);
        Assert.Equal(60, (await GetAsync(claimed[60].Id)).ResultJson?.GetProperty("r").GetInt32());
        Assert.Equal(JobStatus.Completed, (await GetAsync(claimed[99].Id)).Status);
    }

    [Fact]
    public async Task Jobs_completed_together_are_kept_as_long_as_each_of_them_says()
    {
        var brief = JobPolicy.Default with { RetainCompleted = TimeSpan.Zero };
        var jobs = Enumerable.Range(0, Count).Select(i => Job(policy: i is >= 20 and < 40 or 70 ? brief : JobPolicy.Default)).ToList();
        var ids = (await InsertManyAsync(jobs)).Select(static job => job.Id).ToList();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(Count);

        await worker.ExchangeAsync(0, claimed.Select(static job => TestWorker.Outcome(job, JobOutcomeKind.Completed)));

        for (var i = 0; i < Count; i++)
            Assert.Equal(jobs[i].Policy != brief, await ExistsAsync(ids[i]));
    }
}
