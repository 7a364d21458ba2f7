using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Durable storages keep what they accepted; shared ones let several processes work on it at once.</summary>
public abstract class SharingTests : StorageTests
{
    [Fact]
    public async Task Everything_survives_closing_and_opening_again()
    {
        Assert.SkipUnless(Storage.Capabilities.IsDurable, $"{Storage.Capabilities.Name} is not durable.");
        var details = new JobDetails { Id = JobId.From("a"), IdempotencyKey = "k", Tags = ["t"] };
        var ids = (await InsertManyAsync(Job(priority: 5), Job(priority: 4), Job(priority: 3), Job(details: details), Job(delay: TimeSpan.FromHours(1)))).Select(i => i.Id).ToList();
        var worker = await StartWorkerAsync("w");
        var claimed = await worker.ClaimAsync(3);
        await worker.CompleteAsync(claimed[0], Json("1"));
        await worker.EndAsync(claimed[1], JobOutcomeKind.Failed);
        await Storage.CancelAsync(claimed[2].Id, Cancellation);
        var before = new List<string>();
        foreach (var id in ids)
            before.Add((await GetAsync(id)).ToJson());

        await ReopenAsync();

        for (var i = 0; i < ids.Count; i++)
            Assert.Equal(before[i], (await GetAsync(ids[i])).ToJson());

        Assert.Equal([ids[2]], await Storage.GetCancelRequestsAsync("w", Cancellation));
        Assert.True((await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }))).WasDeduplicated);
        var again = await StartWorkerAsync("again");
        var next = await again.ClaimOneAsync();
        Assert.Equal(ids[3], next.Id);
        Assert.True(next.Lease.Token > claimed.Max(c => c.Lease.Token));
        Assert.Equal(OutcomeDisposition.Cancelled, await new TestWorker(Storage, "w", ["work"], null, Lease).CompleteAsync(claimed[2]));
    }

    [Fact]
    public async Task Two_instances_see_the_same_jobs()
    {
        var other = await OpenSharedAsync();
        var id = await InsertAsync();
        var worker = await StartWorkerAsync("other", storage: other);
        var claimed = await worker.ClaimOneAsync();
        Assert.Equal(id, claimed.Id);
        Assert.Equal("other", (await GetAsync(id)).LockedBy);
        Assert.Equal(CancelOutcome.Requested, await Storage.CancelAsync(id, Cancellation));
        Assert.Equal([id], await other.GetCancelRequestsAsync("other", Cancellation));
        Assert.Equal(OutcomeDisposition.Cancelled, await worker.CompleteAsync(claimed));
        Assert.Equal([id], await Storage.GetEndedAsync([id], Cancellation));
    }

    [Fact]
    public async Task Keys_meet_across_instances()
    {
        var other = await OpenSharedAsync();
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inserts = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            await start.Task;
            return await (i % 2 == 0 ? Storage : other).InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }), null, Cancellation);
        })).ToList();
        start.SetResult();

        Assert.Single(await Task.WhenAll(inserts), i => !i.WasDeduplicated);
        Assert.Equal(1, await other.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task No_job_is_claimed_by_two_instances()
    {
        var other = await OpenSharedAsync();
        await InsertManyAsync([.. Enumerable.Range(0, 300).Select(_ => Job())]);
        TestWorker[] workers = [await StartWorkerAsync("a"), await StartWorkerAsync("b", storage: other), await StartWorkerAsync("c"), await StartWorkerAsync("d", storage: other)];
        var claims = await Task.WhenAll(workers.Select(w => Task.Run(async () =>
        {
            var claimed = new List<JobId>();
            while (await Storage.CountAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation) > 0)
                claimed.AddRange((await w.ClaimAsync(9)).Select(c => c.Id));

            return claimed;
        })));

        var all = claims.SelectMany(c => c).ToList();
        Assert.Equal(300, all.Count);
        Assert.Equal(300, all.Distinct().Count());
    }

    [Fact]
    public async Task Signals_cross_instances()
    {
        var other = await OpenSharedAsync();
        var listener = await StartWorkerAsync("listener", storage: other);
        Assert.Empty(await listener.ClaimAsync());
        var signals = new SignalRecorder();
        using var subscription = other.Subscribe(signals);

        var id = await InsertAsync();
        await signals.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await listener.ClaimOneAsync();
        await Storage.CancelAsync(id, Cancellation);
        await signals.CancelRequested.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    private async Task<IJobStorage> OpenSharedAsync()
    {
        Assert.SkipUnless(Storage.Capabilities.IsShared, $"{Storage.Capabilities.Name} is not shared between processes.");
        return await OpenAnotherAsync();
    }
}
