using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Rate limits: token buckets that all workers share.</summary>
public abstract class RateLimitTests : StorageTests
{
    [Fact]
    public async Task A_burst_starts_at_once_and_the_rest_at_an_even_pace()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 10).Select(_ => Job())]);
        var limits = OfQueue(new RateLimit(6, "1h", burst: 3));
        var worker = await StartWorkerAsync();

        Assert.Equal(3, (await ClaimAsync(worker, limits)).Count);
        Assert.Empty(await ClaimAsync(worker, limits));
        Assert.InRange(worker.NextDueIn!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Single(await ClaimAsync(worker, limits));
        Assert.Empty(await ClaimAsync(worker, limits));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(2, (await ClaimAsync(worker, limits)).Count);
    }

    [Fact]
    public async Task A_quiet_time_saves_no_more_than_a_burst()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 10).Select(_ => Job())]);
        var limits = OfQueue(new RateLimit(2, "1h"));
        var worker = await StartWorkerAsync();
        Assert.Equal(2, (await ClaimAsync(worker, limits)).Count);

        for (var i = 0; i < 5; i++)
            await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        await worker.HeartbeatAsync();
        Assert.Equal(2, (await ClaimAsync(worker, limits)).Count);
    }

    [Fact]
    public async Task Workers_of_all_processes_share_the_permits()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 10).Select(_ => Job())]);
        var limits = OfQueue(new RateLimit(3, "1h"));
        var one = await StartWorkerAsync("one");
        var two = await StartWorkerAsync("two", storage: Storage.Capabilities.IsShared ? await OpenAnotherAsync() : null);

        Assert.Equal(2, (await ClaimAsync(one, limits, 2)).Count);
        Assert.Single(await ClaimAsync(two, limits));
        Assert.Empty(await ClaimAsync(one, limits));
    }

    [Fact]
    public async Task A_refill_lets_a_burst_start_and_says_how_much_was_used()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 10).Select(_ => Job())]);
        var limits = OfQueue(new RateLimit(3, "1h"));
        var worker = await StartWorkerAsync();
        Assert.Equal(0, await Storage.RefillAsync(limits[0].Id, null, Cancellation));
        Assert.Equal(3, (await ClaimAsync(worker, limits)).Count);

        Assert.Equal(0, await Storage.RefillAsync("another", null, Cancellation));
        Assert.Empty(await ClaimAsync(worker, limits));
        Assert.Equal(1, await Storage.RefillAsync(limits[0].Id, null, Cancellation));
        Assert.Equal(3, (await ClaimAsync(worker, limits)).Count);
    }

    [Fact]
    public async Task A_refill_is_that_of_one_key_or_of_all()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 9).Select(i => Job(details: new JobDetails { ConcurrencyKey = "k" + (i % 3) }))]);
        SharedLimit[] limits = [new SharedLimit { Id = "keys", Queue = "default", Rate = new RateLimit(1, "1h"), IsPerKey = true }];
        var worker = await StartWorkerAsync();
        await EndAllAsync(worker, await ClaimAsync(worker, limits));
        Assert.Empty(await ClaimAsync(worker, limits));

        Assert.Equal(1, await Storage.RefillAsync("keys", "k1", Cancellation));
        Assert.Equal(["k1"], await EndAllAsync(worker, await ClaimAsync(worker, limits)));
        Assert.Equal(3, await Storage.RefillAsync("keys", null, Cancellation));
        Assert.Equal(["k0", "k1", "k2"], await EndAllAsync(worker, await ClaimAsync(worker, limits)));
        Assert.Equal(0, await Storage.RefillAsync("keys", "k9", Cancellation));
    }

    private static async Task<List<string?>> EndAllAsync(TestWorker worker, IReadOnlyList<ClaimedJob> jobs)
    {
        foreach (var job in jobs)
            await worker.CompleteAsync(job);

        return [.. jobs.Select(job => job.Record.Details!.ConcurrencyKey).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task What_a_limit_holds_back_holds_up_nobody_else()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 50).Select(_ => Job(queue: "slow", priority: 9))]);
        await InsertManyAsync(Job(queue: "slow", priority: 9, details: new JobDetails { ConcurrencyKey = "k" }), Job(), Job());
        var limits = OfQueue(new RateLimit(1, "1h"), "slow");
        var worker = await StartWorkerAsync();

        Assert.Equal(["default", "default", "slow"], (await ClaimAsync(worker, limits)).Select(j => j.Record.Queue).Order());
        Assert.Empty(await ClaimAsync(worker, limits));
        Assert.NotNull(worker.NextDueIn);
    }

    [Fact]
    public async Task A_limit_that_holds_nothing_back_wakes_nobody()
    {
        await InsertManyAsync(Job(queue: "slow"), Job());
        var limits = OfQueue(new RateLimit(5, "1h"), "slow");
        var worker = await StartWorkerAsync();

        Assert.Equal(2, (await ClaimAsync(worker, limits)).Count);
        Assert.Empty(await ClaimAsync(worker, limits));
        Assert.Null(worker.NextDueIn);
    }

    [Fact]
    public async Task A_limit_of_a_job_covers_all_its_names_and_several_limits_hold_together()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 8).Select(i => Job(i % 2 == 0 ? "a" : "a-old", i < 4 ? "q1" : "q2"))]);
        SharedLimit[] limits =
        [
            new SharedLimit { Id = "job:a", Names = ["a", "a-old"], Rate = new RateLimit(3, "1h") },
            new SharedLimit { Id = "queue:q1", Queue = "q1", Rate = new RateLimit(1, "1h") },
        ];
        var worker = await StartWorkerAsync(names: ["a", "a-old"]);

        var claimed = await ClaimAsync(worker, limits);
        Assert.Equal(3, claimed.Count);
        Assert.Single(claimed, j => j.Record.Queue == "q1");
    }

    [Fact]
    public async Task Each_key_has_permits_of_its_own()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 9).Select(i => Job(details: new JobDetails { ConcurrencyKey = $"k{i % 3}", KeyConcurrency = 10 }))]);
        await InsertAsync();
        SharedLimit[] limits = [new SharedLimit { Id = "queue-key:default", Queue = "default", Rate = new RateLimit(1, "1h"), IsPerKey = true }];
        var worker = await StartWorkerAsync();

        var claimed = await ClaimAsync(worker, limits);
        Assert.Equal(["", "k0", "k1", "k2"], claimed.Select(j => j.Record.Details?.ConcurrencyKey ?? "").Order());
        Assert.Empty(await ClaimAsync(worker, limits));
        Assert.InRange(worker.NextDueIn!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));

        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        await worker.HeartbeatAsync();
        Assert.Equal(["k0", "k1", "k2"], (await ClaimAsync(worker, limits)).Select(j => j.Record.Details!.ConcurrencyKey!).Order());
    }

    [Fact]
    public async Task A_retry_takes_a_permit_too()
    {
        await InsertAsync(Job());
        var limits = OfQueue(new RateLimit(1, "1h"));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(Assert.Single(await ClaimAsync(worker, limits)), JobOutcomeKind.Retry);

        Assert.Empty(await ClaimAsync(worker, limits));
        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        await worker.HeartbeatAsync();
        Assert.Single(await ClaimAsync(worker, limits));
    }

    [Fact]
    public async Task Maintenance_takes_no_permits_away_and_gives_none()
    {
        await InsertManyAsync(Job(), Job(), Job());
        var limits = OfQueue(new RateLimit(1, "1h"));
        var worker = await StartWorkerAsync();
        Assert.Single(await ClaimAsync(worker, limits));
        await MaintainAsync();
        Assert.Empty(await ClaimAsync(worker, limits));
    }

    private static SharedLimit[] OfQueue(RateLimit rate, string queue = "default") => [new SharedLimit { Id = "queue:" + queue, Queue = queue, Rate = rate }];

    private static Task<IReadOnlyList<ClaimedJob>> ClaimAsync(TestWorker worker, SharedLimit[] limits, int max = 20) => worker.ClaimAsync(max, e => e.SharedLimits = limits);
}
