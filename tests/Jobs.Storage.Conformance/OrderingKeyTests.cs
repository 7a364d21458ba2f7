using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Ordering keys: strict first in, first out.</summary>
public abstract class OrderingKeyTests : StorageTests
{
    [Fact]
    public async Task Only_the_oldest_of_a_key_can_be_claimed()
    {
        var ids = (await InsertManyAsync([.. Enumerable.Range(0, 4).Select(i => Ordered("k", priority: i))])).Select(i => i.Id).ToList();
        var other = await InsertAsync(Ordered("other", priority: -1));
        var worker = await StartWorkerAsync();
        var first = await worker.ClaimAsync(10);
        Assert.Equal([ids[0], other.Id], first.Select(j => j.Id));

        var job = first[0];
        for (var i = 1; i < ids.Count; i++)
        {
            Assert.Empty(await worker.ClaimAsync(10));
            var exchange = await worker.ExchangeAsync(10, [TestWorker.Outcome(job, JobOutcomeKind.Completed)]);
            job = Assert.Single(exchange.Claimed);
            Assert.Equal(ids[i], job.Id);
        }
    }

    [Fact]
    public async Task A_key_holds_for_all_names_and_queues()
    {
        var first = await InsertAsync(Job("a", "q1", details: Key("k")));
        var second = await InsertAsync(Job("b", "q2", details: Key("k")));
        var worker = await StartWorkerAsync(names: ["a", "b"]);

        var job = Assert.Single(await worker.ClaimAsync(10));
        Assert.Equal(first.Id, job.Id);
        await worker.CompleteAsync(job);
        Assert.Equal(second.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_retry_holds_its_successors()
    {
        var (first, second) = (await InsertAsync(Ordered("k")), await InsertAsync(Ordered("k")));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry, TimeSpan.FromHours(1));
        Assert.Empty(await worker.ClaimAsync(10));

        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        var again = Assert.Single(await worker.ClaimAsync(10));
        Assert.Equal((first.Id, 2), (again.Id, again.Attempt));
        await worker.CompleteAsync(again);
        Assert.Equal(second.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_delay_holds_the_successors_too()
    {
        var first = await InsertAsync(Job(delay: TimeSpan.FromHours(1), details: Key("k")));
        await InsertAsync(Ordered("k"));
        var worker = await StartWorkerAsync();
        Assert.Empty(await worker.ClaimAsync(10));

        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(first.Id, Assert.Single(await worker.ClaimAsync(10)).Id);
    }

    [Theory]
    [InlineData(JobOutcomeKind.Completed)]
    [InlineData(JobOutcomeKind.Failed)]
    [InlineData(JobOutcomeKind.Cancelled)]
    public async Task Every_final_end_releases_the_next(JobOutcomeKind kind)
    {
        await InsertAsync(Ordered("k"));
        var second = await InsertAsync(Ordered("k"));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), kind);

        Assert.Equal(second.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_record_that_is_not_kept_releases_the_next_too()
    {
        await InsertAsync(Job(policy: new JobPolicy { RetainCompleted = TimeSpan.Zero }, details: Key("k")));
        var second = await InsertAsync(Ordered("k"));
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());

        Assert.Equal(second.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task Cancelling_the_first_releases_the_second_and_cancelling_one_in_between_leaves_the_order()
    {
        var ids = (await InsertManyAsync(Ordered("k"), Ordered("k"), Ordered("k"), Ordered("k"))).Select(i => i.Id).ToList();
        var worker = await StartWorkerAsync();
        Assert.Equal(CancelOutcome.Cancelled, await Storage.CancelAsync(ids[1], Cancellation));
        Assert.Equal(JobStatus.Pending, (await GetAsync(ids[2])).Status);
        Assert.Equal(CancelOutcome.Cancelled, await Storage.CancelAsync(ids[0], Cancellation));

        var job = Assert.Single(await worker.ClaimAsync(10));
        Assert.Equal(ids[2], job.Id);
        await worker.CompleteAsync(job);
        Assert.Equal(ids[3], (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_worker_that_dies_leaves_the_order_as_it_was()
    {
        var (first, second) = (await InsertAsync(Ordered("k")), await InsertAsync(Ordered("k")));
        var dying = await StartWorkerAsync("dying");
        await dying.ClaimOneAsync();
        var other = await StartWorkerAsync("other");
        await ExpireLeasesAsync(other);
        await MaintainAsync();

        var job = Assert.Single(await other.ClaimAsync(10));
        Assert.Equal(first.Id, job.Id);
        await other.CompleteAsync(job);
        Assert.Equal(second.Id, (await other.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_job_behind_another_is_pending_and_says_so()
    {
        await InsertAsync(Ordered("k"));
        var second = await InsertAsync(Ordered("k"));

        var job = await GetAsync(second.Id);
        Assert.Equal((JobStatus.Pending, "k"), (job.Status, job.OrderingKey));
        Assert.Contains("'k'", job.PendingReason, StringComparison.Ordinal);
        Assert.Equal(2, await Storage.CountAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation));
        Assert.Equal(2, (await Storage.ListAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation)).Jobs.Count);
    }

    [Fact]
    public async Task A_key_begins_anew_when_all_its_jobs_have_ended()
    {
        var worker = await StartWorkerAsync();
        for (var i = 0; i < 3; i++)
        {
            var id = (await InsertAsync(Ordered("k"))).Id;
            var job = await worker.ClaimOneAsync();
            Assert.Equal(id, job.Id);
            await worker.CompleteAsync(job);
        }
    }

    [Fact]
    public async Task Order_and_concurrency_keys_hold_together()
    {
        var (a1, b1) = (await InsertAsync(Both("a")), await InsertAsync(Both("b")));
        var a2 = await InsertAsync(Both("a"));
        var worker = await StartWorkerAsync();
        var job = Assert.Single(await worker.ClaimAsync(10));
        Assert.Equal(a1.Id, job.Id);
        await worker.CompleteAsync(job);

        // Both wait for the concurrency key now, and the older one is first.
        var order = new List<JobId>();
        for (var i = 0; i < 2; i++)
        {
            job = Assert.Single(await worker.ClaimAsync(10));
            order.Add(job.Id);
            await worker.CompleteAsync(job);
        }

        Assert.Equal([b1.Id, a2.Id], order);

        static JobRecord Both(string key) => Job(details: new JobDetails { OrderingKey = key, ConcurrencyKey = "c" });
    }

    [Fact]
    public async Task Concurrent_inserters_and_workers_keep_one_order()
    {
        var inserted = 0;
        var inserters = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await InsertAsync(Job(payload: Json(Interlocked.Increment(ref inserted).ToString(System.Globalization.CultureInfo.InvariantCulture)), details: Key($"k{i % 2}")));
            }
        })).ToList();
        var (gate, running, done, error) = (new Lock(), new HashSet<string>(), 0, "");
        await Task.WhenAll(inserters.Concat(Enumerable.Range(0, 3).Select(n => Task.Run(() => WorkAsync(n)))));
        Assert.Equal("", error);

        async Task WorkAsync(int number)
        {
            var worker = await StartWorkerAsync($"w{number}");
            var held = new List<ClaimedJob>();
            while (Volatile.Read(ref done) < 120)
            {
                lock (gate)
                {
                    foreach (var job in held)
                        running.Remove(job.Record.Details!.OrderingKey!);
                }

                var exchange = await worker.ExchangeAsync(2, held.Select(j => TestWorker.Outcome(j, JobOutcomeKind.Completed)));
                Interlocked.Add(ref done, held.Count);
                held = [.. exchange.Claimed];
                lock (gate)
                {
                    foreach (var job in held)
                    {
                        if (!running.Add(job.Record.Details!.OrderingKey!))
                            error = "Two jobs of a key ran at a time.";
                    }
                }
            }
        }
    }

    private static JobDetails Key(string key) => new() { OrderingKey = key };

    private static JobRecord Ordered(string key, int priority = 0) => Job(priority: priority, details: Key(key));
}
