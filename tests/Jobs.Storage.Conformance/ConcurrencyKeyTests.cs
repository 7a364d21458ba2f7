using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Concurrency keys and limits that all workers share: bounds, not hints.</summary>
public abstract class ConcurrencyKeyTests : StorageTests
{
    [Fact]
    public async Task Of_the_jobs_with_a_key_only_so_many_are_held()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 10).Select(_ => Keyed("k", 3))]);
        var worker = await StartWorkerAsync();

        var first = await worker.ClaimAsync(10);
        Assert.Equal(3, first.Count);
        Assert.Empty(await worker.ClaimAsync(10));

        await worker.CompleteAsync(first[0]);
        Assert.Single(await worker.ClaimAsync(10));
    }

    [Fact]
    public async Task The_end_of_one_and_the_claim_of_the_next_share_an_exchange()
    {
        await InsertManyAsync(Keyed("k"), Keyed("k"), Keyed("k"));
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        for (var i = 0; i < 2; i++)
        {
            var exchange = await worker.ExchangeAsync(5, [TestWorker.Outcome(job, JobOutcomeKind.Completed)]);
            job = Assert.Single(exchange.Claimed);
        }

        await worker.CompleteAsync(job);
        Assert.Empty(await worker.ClaimAsync(5));
    }

    [Fact]
    public async Task A_key_holds_for_all_names_queues_and_workers()
    {
        await InsertManyAsync(
            Job("a", "q1", details: Key("k")), Job("b", "q2", details: Key("k")), Job("a", "q1", details: Key("other")), Job("b", "q2"));
        var one = await StartWorkerAsync("one", ["a"]);
        var two = await StartWorkerAsync("two", ["b"]);

        Assert.Equal(2, (await one.ClaimAsync(10)).Count);
        Assert.Null(Assert.Single(await two.ClaimAsync(10)).Record.Details?.ConcurrencyKey);
    }

    [Fact]
    public async Task A_job_whose_own_limit_is_higher_may_run_beside_others()
    {
        await InsertManyAsync(Keyed("k", 1), Keyed("k", 1));
        var worker = await StartWorkerAsync();
        Assert.Single(await worker.ClaimAsync(10));

        var wide = await InsertAsync(Job(priority: 1, details: Key("k", 2)));
        Assert.Equal(wide.Id, Assert.Single(await worker.ClaimAsync(10)).Id);
    }

    [Theory]
    [InlineData(JobOutcomeKind.Completed)]
    [InlineData(JobOutcomeKind.Retry)]
    [InlineData(JobOutcomeKind.Failed)]
    [InlineData(JobOutcomeKind.Cancelled)]
    [InlineData(JobOutcomeKind.Snoozed)]
    [InlineData(JobOutcomeKind.Released)]
    public async Task Every_end_of_a_run_makes_room(JobOutcomeKind kind)
    {
        var first = await InsertAsync(Keyed("k"));
        var second = await InsertAsync(Keyed("k"));
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        Assert.Equal(first.Id, job.Id);

        await worker.EndAsync(job, kind, TimeSpan.FromHours(1));
        Assert.Equal(second.Id, (await worker.ClaimOneAsync()).Id);
        Assert.Empty(await worker.ClaimAsync(5));
    }

    [Fact]
    public async Task A_worker_that_dies_takes_no_room_with_it()
    {
        await InsertManyAsync(Keyed("k"), Keyed("k"));
        var dying = await StartWorkerAsync("dying");
        var held = await dying.ClaimOneAsync();
        var other = await StartWorkerAsync("other");
        Assert.Empty(await other.ClaimAsync(5));

        await ExpireLeasesAsync(other);
        await MaintainAsync();
        var taken = Assert.Single(await other.ClaimAsync(5));
        Assert.Equal(OutcomeDisposition.Rejected, await dying.CompleteAsync(held));
        Assert.Empty(await other.ClaimAsync(5));
        await other.CompleteAsync(taken);
        Assert.Single(await other.ClaimAsync(5));
    }

    [Fact]
    public async Task A_worker_that_retires_gives_its_room_back()
    {
        await InsertManyAsync(Keyed("k"), Keyed("k"));
        var leaving = await StartWorkerAsync("leaving");
        await leaving.ClaimOneAsync();
        var other = await StartWorkerAsync("other");
        Assert.Empty(await other.ClaimAsync(5));

        await Storage.RetireWorkerAsync("leaving", Cancellation);
        Assert.Single(await other.ClaimAsync(5));
    }

    [Fact]
    public async Task Keyed_and_plain_jobs_are_claimed_in_one_order_of_priority_and_age()
    {
        var ids = new List<JobId>
        {
            (await InsertAsync(Job(priority: 5, details: Key("a")))).Id,
            await InsertAsync(priority: 5),
            (await InsertAsync(Job(priority: 5, details: Key("b")))).Id,
            await InsertAsync(priority: 3),
            (await InsertAsync(Job(priority: 2, details: Key("c")))).Id,
            await InsertAsync(priority: 1),
            (await InsertAsync(Job(priority: -7, details: Key("d")))).Id,
        };
        await InsertAsync(priority: -9);
        var worker = await StartWorkerAsync();

        var claimed = new List<JobId>();
        for (var i = 0; i < ids.Count; i++)
            claimed.Add((await worker.ClaimOneAsync()).Id);

        Assert.Equal(ids, claimed);
    }

    [Fact]
    public async Task A_key_at_its_limit_holds_up_nobody_behind_it()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 50).Select(_ => Job(priority: 9, details: Key("full")))]);
        var plain = await InsertAsync();
        var other = await InsertAsync(Keyed("free"));
        var worker = await StartWorkerAsync();

        Assert.Single(await worker.ClaimAsync(1));
        Assert.Equal(plain, (await worker.ClaimOneAsync()).Id);
        Assert.Equal(other.Id, (await worker.ClaimOneAsync()).Id);
        Assert.Empty(await worker.ClaimAsync(10));
    }

    [Fact]
    public async Task Within_a_key_priority_and_age_decide()
    {
        var low = await InsertAsync(Job(priority: 1, details: Key("k")));
        var high = await InsertAsync(Job(priority: 2, details: Key("k")));
        var late = await InsertAsync(Job(priority: 2, details: Key("k")));
        var worker = await StartWorkerAsync();
        var order = new List<JobId>();
        for (var i = 0; i < 3; i++)
        {
            var job = await worker.ClaimOneAsync();
            order.Add(job.Id);
            await worker.CompleteAsync(job);
        }

        Assert.Equal([high.Id, late.Id, low.Id], order);
    }

    [Fact]
    public async Task A_delayed_job_with_a_key_waits_for_its_time()
    {
        var later = await InsertAsync(Job(delay: TimeSpan.FromHours(1), details: Key("k")));
        var worker = await StartWorkerAsync();
        Assert.Empty(await worker.ClaimAsync(5));
        Assert.True((await GetAsync(later.Id)).IsDelayed);

        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(later.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_ready_job_with_a_key_can_be_cancelled_and_says_why_it_waits()
    {
        await InsertAsync(Keyed("k"));
        var second = await InsertAsync(Keyed("k"));
        var third = await InsertAsync(Keyed("k"));
        var worker = await StartWorkerAsync();
        var held = await worker.ClaimOneAsync();

        var waiting = await GetAsync(second.Id);
        Assert.Equal(JobStatus.Pending, waiting.Status);
        Assert.Equal("k", waiting.ConcurrencyKey);
        Assert.Contains("'k'", waiting.PendingReason, StringComparison.Ordinal);
        Assert.Null((await GetAsync(held.Id)).PendingReason);
        Assert.Equal(2, await Storage.CountAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation));

        Assert.Equal(CancelOutcome.Cancelled, await Storage.CancelAsync(second.Id, Cancellation));
        await worker.CompleteAsync(held);
        Assert.Equal(third.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_keyed_job_that_nobody_knows_fails_like_any_other()
    {
        var orphan = await InsertAsync(Job("unknown", details: Key("k")));
        var worker = await StartWorkerAsync();
        Assert.Empty(await worker.ClaimAsync(5));
        for (var i = 0; i < 4; i++)
        {
            await Harness.AdvanceAsync(TimeSpan.FromMinutes(2));
            await worker.HeartbeatAsync();
        }

        var report = await MaintainAsync(noHandlerGrace: TimeSpan.FromMinutes(5));
        Assert.Equal(1, report.Orphaned);
        Assert.Equal(FailureReason.NoHandler, (await GetAsync(orphan.Id)).FailureReason);
    }

    [Fact]
    public async Task A_shared_limit_bounds_the_jobs_of_its_names_across_workers()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 6).Select(i => Job(i % 2 == 0 ? "a" : "a-old")), Job("b")]);
        SharedLimit[] limits = [new SharedLimit { Id = "job:a", Names = ["a", "a-old"], MaxRunning = 2 }];
        var one = await StartWorkerAsync("one", ["a", "a-old", "b"]);
        var two = await StartWorkerAsync("two", ["a", "a-old", "b"]);

        var first = await one.ClaimAsync(10, e => e.SharedLimits = limits);
        Assert.Equal(2, first.Count(j => j.Record.Name != "b"));
        Assert.Single(first, j => j.Record.Name == "b");
        Assert.Empty(await two.ClaimAsync(10, e => e.SharedLimits = limits));

        await one.CompleteAsync(first.First(j => j.Record.Name != "b"));
        Assert.Single(await two.ClaimAsync(10, e => e.SharedLimits = limits));
        Assert.Empty(await one.ClaimAsync(10, e => e.SharedLimits = limits));
    }

    [Fact]
    public async Task A_shared_limit_counts_keyed_jobs_too()
    {
        await InsertManyAsync(Keyed("x"), Keyed("y"), Keyed("z"), Job());
        SharedLimit[] limits = [new SharedLimit { Id = "job:work", Names = ["work"], MaxRunning = 2 }];
        var worker = await StartWorkerAsync();

        Assert.Equal(2, (await worker.ClaimAsync(10, e => e.SharedLimits = limits)).Count);
        Assert.Empty(await worker.ClaimAsync(10, e => e.SharedLimits = limits));
    }

    [Fact]
    public async Task Workers_own_limits_count_keyed_jobs_too()
    {
        await InsertManyAsync(Keyed("x"), Keyed("y"), Job(), Job(queue: "other", details: Key("z")));
        var worker = await StartWorkerAsync();

        Assert.Single(await worker.ClaimAsync(10, e => e.NameLimits["work"] = 1));
        Assert.Equal(2, (await worker.ClaimAsync(10, e => e.QueueLimits["default"] = 1)).Count);
        Assert.Empty(await worker.ClaimAsync(10, e => e.Queues = ["third"]));
    }

    [Fact]
    public async Task Many_workers_of_several_processes_never_run_more_than_the_limits()
    {
        const int Jobs = 300;
        var storages = new List<IJobStorage> { Storage };
        if (Storage.Capabilities.IsShared)
            storages.Add(await OpenAnotherAsync());

        SharedLimit[] limits = [new SharedLimit { Id = "job:work", Names = ["work"], MaxRunning = 5 }];
        await InsertManyAsync([.. Enumerable.Range(0, Jobs).Select(i => Job(priority: i % 3, details: i % 4 == 0 ? null : Key($"k{i % 3}", 2)))]);
        var (gate, running, done, worst) = (new Lock(), new Dictionary<string, int>(), 0, "");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => WorkAsync(i))));
        Assert.Equal("", worst);
        Assert.Equal(Jobs, done);

        async Task WorkAsync(int number)
        {
            var random = new Random(number);
            var worker = await StartWorkerAsync($"w{number}", storage: storages[number % storages.Count]);
            var held = new List<ClaimedJob>();
            while (Volatile.Read(ref done) < Jobs)
            {
                // Counted down before the storage hears of the end, and up after it gave the job: never more than is true.
                var ending = held.Where(_ => random.Next(3) > 0).ToList();
                foreach (var job in ending)
                    Count(job, -1);

                var exchange = await worker.ExchangeAsync(
                    random.Next(1, 5),
                    ending.Select(j => TestWorker.Outcome(j, random.Next(5) == 0 ? JobOutcomeKind.Retry : JobOutcomeKind.Completed)),
                    e => e.SharedLimits = limits);
                Interlocked.Add(ref done, exchange.Outcomes.Count(o => o.Kind == JobOutcomeKind.Completed));
                held.RemoveAll(ending.Contains);
                held.AddRange(exchange.Claimed);
                foreach (var job in exchange.Claimed)
                    Count(job, 1);
            }
        }

        void Count(ClaimedJob job, int by)
        {
            lock (gate)
            {
                Add("all", 5);
                if (job.Record.Details?.ConcurrencyKey is { } key)
                    Add(key, 2);
            }

            void Add(string what, int limit)
            {
                running[what] = running.GetValueOrDefault(what) + by;
                if (running[what] > limit)
                    worst = $"{running[what]} of {what} ran at a time, the limit is {limit}.";
            }
        }
    }

    private static JobDetails Key(string key, int limit = 1) => new() { ConcurrencyKey = key, KeyConcurrency = limit };

    private static JobRecord Keyed(string key, int limit = 1) => Job(details: Key(key, limit));
}
