using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Claiming: who gets which jobs, in which order, how many, and when.</summary>
public abstract class ClaimingTests : StorageTests
{
    [Fact]
    public async Task A_claimed_job_is_running_under_its_worker()
    {
        var id = await InsertAsync(priority: 4);
        var created = (await GetAsync(id)).CreatedAt;
        var worker = await StartWorkerAsync("w-1");
        var before = await Harness.GetNowAsync();
        var claimed = await worker.ClaimOneAsync();
        var after = await Harness.GetNowAsync();

        Assert.Equal(id, claimed.Id);
        Assert.Equal("work", claimed.Record.Name);
        Assert.Equal("default", claimed.Record.Queue);
        Assert.Equal(4, claimed.Record.Priority);
        Assert.Equal(1, claimed.Attempt);
        Assert.NotEqual(0, claimed.Lease.Token);
        AssertBetween(before, after, claimed.ClaimedAt);
        AssertBetween(created, created, claimed.CreatedAt);

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Running, job.Status);
        Assert.Equal(1, job.Attempt);
        Assert.Equal("w-1", job.LockedBy);
        Assert.False(job.IsDelayed);
        Assert.Null(job.NextAttemptAt);
        Assert.Null(job.CompletedAt);
        AssertBetween(before, after, job.LockedAt);
        AssertBetween(before, after, job.StartedAt);
        AssertBetween(before, after, job.UpdatedAt);
        var run = Assert.Single(job.Attempts);
        Assert.Equal(1, run.Number);
        Assert.Equal("w-1", run.Worker);
        Assert.Equal(FailureReason.None, run.Reason);
        AssertBetween(before, after, run.StartedAt);
        Assert.Null(run.EndedAt);
    }

    [Fact]
    public async Task A_job_is_claimed_once()
    {
        await InsertAsync();
        var (first, second) = (await StartWorkerAsync("first"), await StartWorkerAsync("second"));

        Assert.Single(await first.ClaimAsync(10));
        Assert.Empty(await second.ClaimAsync(10));
        Assert.Empty(await first.ClaimAsync(10));
    }

    [Fact]
    public async Task A_claim_takes_no_more_than_asked_for()
    {
        for (var i = 0; i < 5; i++)
            await InsertAsync();

        var worker = await StartWorkerAsync();
        Assert.Empty(await worker.ClaimAsync(0));
        Assert.Equal(3, (await worker.ClaimAsync(3)).Count);
        Assert.Equal(2, (await worker.ClaimAsync(3)).Count);
    }

    [Fact]
    public async Task Higher_priorities_come_first_and_equal_ones_by_age()
    {
        var low = await InsertAsync(priority: -5);
        var normal = await InsertAsync();
        var high1 = await InsertAsync(priority: 10);
        var highest = await InsertAsync(priority: int.MaxValue);
        var high2 = await InsertAsync(priority: 10);
        var lowest = await InsertAsync(priority: int.MinValue);

        var worker = await StartWorkerAsync();
        Assert.Equal([highest, high1], (await worker.ClaimAsync(2)).Select(c => c.Id));
        Assert.Equal([high2, normal, low, lowest], (await worker.ClaimAsync(10)).Select(c => c.Id));
    }

    [Fact]
    public async Task Priority_and_age_hold_across_names_and_queues()
    {
        var b1 = await InsertAsync("b", "q2");
        var a2 = await InsertAsync("a", "q1");
        var c3 = await InsertAsync("c", "q2", priority: 1);
        var a4 = await InsertAsync("a", "q2");
        var b5 = await InsertAsync("b", "q1", priority: 1);

        var worker = await StartWorkerAsync(names: ["a", "b", "c"]);
        Assert.Equal([c3, b5, b1, a2, a4], (await worker.ClaimAsync(10)).Select(c => c.Id));
    }

    [Fact]
    public async Task Many_priorities_are_claimed_in_order()
    {
        var random = new Random(7);
        var jobs = Enumerable.Range(0, 200).Select(_ => Job(priority: random.Next(-20, 20))).ToList();
        var inserted = await InsertManyAsync(jobs);
        var expected = Enumerable.Range(0, 200).OrderByDescending(i => jobs[i].Priority).ThenBy(i => i).Select(i => inserted[i].Id).ToList();

        var worker = await StartWorkerAsync();
        var claimed = new List<JobId>();
        while (await worker.ClaimAsync(7) is { Count: > 0 } some)
            claimed.AddRange(some.Select(c => c.Id));

        Assert.Equal(expected, claimed);
    }

    [Fact]
    public async Task Only_known_names_are_claimed_and_unknown_ones_block_nobody()
    {
        var unknown = await InsertAsync("unknown", priority: 100);
        var known = await InsertAsync("known");

        Assert.Equal(known, (await (await StartWorkerAsync("a", ["known"])).ClaimAsync(10)).Single().Id);
        Assert.Empty(await (await StartWorkerAsync("b", [])).ClaimAsync(10));
        Assert.Equal(JobStatus.Pending, (await GetAsync(unknown)).Status);
        Assert.Equal(unknown, (await (await StartWorkerAsync("c", ["unknown"])).ClaimAsync(10)).Single().Id);
    }

    [Fact]
    public async Task Names_are_compared_exactly()
    {
        await InsertAsync("Work");

        Assert.Empty(await (await StartWorkerAsync(names: ["work"])).ClaimAsync(10));
    }

    [Fact]
    public async Task A_worker_takes_only_its_queues()
    {
        var mail = await InsertAsync(queue: "mail", priority: 5);
        var bulk = await InsertAsync(queue: "bulk");

        Assert.Equal(bulk, (await (await StartWorkerAsync("a", queues: ["bulk", "none"])).ClaimAsync(10)).Single().Id);
        Assert.Empty(await (await StartWorkerAsync("b", queues: ["none"])).ClaimAsync(10));
        Assert.Equal(mail, (await (await StartWorkerAsync("c")).ClaimAsync(10)).Single().Id);
    }

    [Fact]
    public async Task Limits_by_name_hold_within_a_claim()
    {
        for (var i = 0; i < 4; i++)
        {
            await InsertAsync("a", priority: 9);
            await InsertAsync("b");
        }

        var worker = await StartWorkerAsync(names: ["a", "b"]);
        var claimed = await worker.ClaimAsync(5, e => e.NameLimits["a"] = 2);

        Assert.Equal(["a", "a", "b", "b", "b"], claimed.Select(c => c.Record.Name));
    }

    [Fact]
    public async Task A_limit_by_name_counts_across_queues()
    {
        await InsertAsync("a", "q1");
        await InsertAsync("a", "q2");
        await InsertAsync("a", "q3");

        var worker = await StartWorkerAsync(names: ["a"]);
        Assert.Equal(2, (await worker.ClaimAsync(10, e => e.NameLimits["a"] = 2)).Count);
        Assert.Single(await worker.ClaimAsync(10));
    }

    [Fact]
    public async Task Limits_by_queue_hold_within_a_claim()
    {
        for (var i = 0; i < 4; i++)
        {
            await InsertAsync("a", "small", 9);
            await InsertAsync("b", "small", 9);
            await InsertAsync("a", "large");
        }

        var worker = await StartWorkerAsync(names: ["a", "b"]);
        var claimed = await worker.ClaimAsync(6, e => e.QueueLimits["small"] = 3);

        Assert.Equal(3, claimed.Count(c => c.Record.Queue == "small"));
        Assert.Equal(3, claimed.Count(c => c.Record.Queue == "large"));
    }

    [Fact]
    public async Task A_limit_of_zero_takes_none()
    {
        await InsertAsync("a", "q1");
        await InsertAsync("b", "q2");
        var worker = await StartWorkerAsync(names: ["a", "b"]);

        Assert.Equal("b", (await worker.ClaimAsync(10, e => e.NameLimits["a"] = 0)).Single().Record.Name);
        Assert.Empty(await worker.ClaimAsync(10, e => e.QueueLimits["q1"] = 0));
        Assert.Equal("a", (await worker.ClaimAsync(10, e => e.NameLimits["b"] = 0)).Single().Record.Name);
    }

    [Fact]
    public async Task Limits_belong_to_one_claim()
    {
        for (var i = 0; i < 5; i++)
            await InsertAsync("a");

        var worker = await StartWorkerAsync(names: ["a"]);
        Assert.Single(await worker.ClaimAsync(10, e => e.NameLimits["a"] = 1));
        Assert.Equal(2, (await worker.ClaimAsync(10, e => e.NameLimits["a"] = 2)).Count);
        Assert.Equal(2, (await worker.ClaimAsync(10)).Count);
    }

    [Fact]
    public async Task A_worker_may_claim_other_names_from_one_exchange_to_the_next()
    {
        await InsertAsync("a");
        await InsertAsync("b");
        var worker = await StartWorkerAsync(names: ["a", "b"]);

        Assert.Equal("b", (await worker.ClaimAsync(10, e => e.Names = ["b"])).Single().Record.Name);
        Assert.Empty(await worker.ClaimAsync(10, e => e.Queues = ["elsewhere"]));
        Assert.Equal("a", (await worker.ClaimAsync(10, e => e.Names = ["a"])).Single().Record.Name);
    }

    [Fact]
    public async Task A_scheduled_job_is_claimed_when_it_is_due_and_not_before()
    {
        var id = await InsertAsync(delay: TimeSpan.FromHours(1));
        var worker = await StartWorkerAsync();

        Assert.Empty(await worker.ClaimAsync(10));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(50));
        Assert.Empty(await worker.ClaimAsync(10));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(id, (await worker.ClaimAsync(10)).Single().Id);
    }

    [Fact]
    public async Task A_job_with_a_due_time_is_claimed_when_it_is_due_and_not_before()
    {
        var id = (await InsertAsync(Job(runAt: (await Harness.GetNowAsync()).AddHours(1)))).Id;
        var worker = await StartWorkerAsync();

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(50));
        Assert.Empty(await worker.ClaimAsync(10));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(id, (await worker.ClaimAsync(10)).Single().Id);
        Assert.False((await GetAsync(id)).IsDelayed);
    }

    [Fact]
    public async Task Once_due_a_scheduled_job_has_its_priority()
    {
        var low = await InsertAsync();
        var high = await InsertAsync(priority: 1, delay: TimeSpan.FromHours(1));
        await Harness.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal([high, low], (await (await StartWorkerAsync()).ClaimAsync(10)).Select(c => c.Id));
    }

    [Fact]
    public async Task Jobs_that_became_due_one_after_the_other_are_claimed_in_that_order()
    {
        var third = await InsertAsync(delay: TimeSpan.FromHours(3));
        var first = await InsertAsync(delay: TimeSpan.FromHours(1));
        var second = await InsertAsync(delay: TimeSpan.FromHours(2));
        var worker = await StartWorkerAsync();
        var claimed = new List<JobId>();
        for (var hour = 0; hour < 3; hour++)
        {
            await Harness.AdvanceAsync(TimeSpan.FromHours(1));
            Assert.True(await worker.HeartbeatAsync());
            claimed.AddRange((await worker.ClaimAsync(10)).Select(c => c.Id));
        }

        Assert.Equal([first, second, third], claimed);
    }

    [Fact]
    public async Task What_is_due_next_is_said_where_it_is_known()
    {
        var worker = await StartWorkerAsync();
        await worker.ClaimAsync();
        Assert.Null(worker.NextDueIn);

        await InsertAsync(delay: TimeSpan.FromHours(5));
        await InsertAsync(delay: TimeSpan.FromHours(2));
        await InsertAsync();
        await worker.ClaimAsync();

        if (worker.NextDueIn is { } next)
            Assert.InRange(next, TimeSpan.FromMinutes(115), TimeSpan.FromMinutes(120));
    }

    [Fact]
    public async Task A_delay_without_end_is_kept()
    {
        var id = await InsertAsync(delay: TimeSpan.FromDays(365 * 200));

        Assert.Empty(await (await StartWorkerAsync()).ClaimAsync(10));
        var job = await GetAsync(id);
        Assert.True(job.IsDelayed);
        AssertBetween(job.CreatedAt.AddDays(365 * 200), job.CreatedAt.AddDays(365 * 200), job.NextAttemptAt);
    }

    [Fact]
    public async Task A_worker_that_is_not_on_the_list_gets_nothing_that_would_be_lost()
    {
        var id = await InsertAsync();
        var stranger = new TestWorker(Storage, "stranger", ["work"], null, Lease);
        try
        {
            Assert.Empty(await stranger.ClaimAsync());
        }
        catch (JobException)
        {
            // Refusing is as good as giving nothing.
        }

        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
        Assert.Equal(id, (await (await StartWorkerAsync()).ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_cancelled_exchange_changes_nothing()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var exchange = new WorkExchange { WorkerId = worker.Id, MaxJobs = 1, Names = ["work"] };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Storage.ExchangeAsync(exchange, new CancellationToken(canceled: true)));

        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task An_exchange_can_be_used_again()
    {
        for (var i = 0; i < 3; i++)
            await InsertAsync();

        await StartWorkerAsync("w");
        var exchange = new WorkExchange { WorkerId = "w", Names = ["work"] };
        var held = new List<ClaimedJob>();
        for (var i = 0; i < 3; i++)
        {
            exchange.Reset();
            exchange.MaxJobs = 1;
            exchange.Outcomes.AddRange(held.Select(h => TestWorker.Outcome(h, JobOutcomeKind.Completed)));
            await Storage.ExchangeAsync(exchange, Cancellation);
            Assert.Equal(held.Select(_ => OutcomeDisposition.Stored), exchange.Dispositions);
            held = [.. exchange.Claimed];
            Assert.Single(held);
        }
    }
}
