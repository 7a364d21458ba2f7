using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Explicit ids and idempotency keys: who meets whom, for how long, and that a batch is all or nothing.</summary>
public abstract class DeduplicationTests : StorageTests
{
    [Fact]
    public async Task A_chosen_id_is_the_jobs_id()
    {
        var id = JobId.From("welcome:42");

        Assert.Equal(new InsertedJob(id, false), await InsertAsync(WithId(id)));
        Assert.Equal(id, (await (await StartWorkerAsync()).ClaimOneAsync()).Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(JobOutcomeKind.Completed)]
    [InlineData(JobOutcomeKind.Failed)]
    [InlineData(JobOutcomeKind.Cancelled)]
    [InlineData(JobOutcomeKind.Retry)]
    [InlineData(JobOutcomeKind.Released)]
    public async Task The_same_id_or_key_meets_the_first_whatever_its_state(JobOutcomeKind? end)
    {
        var id = JobId.From("a");
        await InsertAsync(WithId(id, Json("1")));
        var keyed = (await InsertAsync(WithKey("k", Json("1")))).Id;
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2);
        if (end is { } kind)
            await worker.ExchangeAsync(0, claimed.Select(c => TestWorker.Outcome(c, kind)));

        Assert.Equal(new InsertedJob(id, true), await InsertAsync(WithId(id, Json("2"))));
        Assert.Equal(new InsertedJob(keyed, true), await InsertAsync(WithKey("k", Json("2"))));
        Assert.Equal(2, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(1, (await GetAsync(id)).Payload!.Value.GetInt32());
        Assert.Equal(1, (await GetAsync(keyed)).Payload!.Value.GetInt32());
    }

    [Fact]
    public async Task The_same_id_or_key_meets_a_scheduled_job()
    {
        var id = JobId.From("a");
        await InsertAsync(Job(delay: TimeSpan.FromHours(1), details: new JobDetails { Id = id, IdempotencyKey = "k" }));

        Assert.Equal(new InsertedJob(id, true), await InsertAsync(WithId(id)));
        Assert.Equal(new InsertedJob(id, true), await InsertAsync(WithKey("k")));
        Assert.True((await GetAsync(id)).IsDelayed);
    }

    [Fact]
    public async Task The_same_id_for_another_name_is_a_conflict()
    {
        var id = JobId.From("a");
        await InsertAsync(WithId(id));

        var conflict = await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(WithId(id, name: "other")));
        Assert.Equal(id, conflict.JobId);
        Assert.Equal("work", (await GetAsync(id)).Name);
        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task The_same_id_for_another_name_is_a_conflict_after_the_end_too()
    {
        var id = JobId.From("a");
        await InsertAsync(WithId(id));
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());

        await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(WithId(id, name: "other")));
    }

    [Fact]
    public async Task An_issued_id_can_be_given_as_a_chosen_one()
    {
        var id = await InsertAsync();

        Assert.Equal(new InsertedJob(id, true), await InsertAsync(WithId(id)));
        await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(WithId(id, name: "other")));
        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_key_is_unique_per_name()
    {
        var first = await InsertAsync(WithKey("k"));
        var other = await InsertAsync(WithKey("k", name: "other"));

        Assert.False(other.WasDeduplicated);
        Assert.NotEqual(first.Id, other.Id);
    }

    [Fact]
    public async Task Keys_are_compared_exactly()
    {
        Assert.Equal(5, (await InsertManyAsync(WithKey("key"), WithKey("Key"), WithKey("key "), WithKey("ké"), WithKey("ke\u0301"))).Select(i => i.Id).Distinct().Count());
    }

    [Fact]
    public async Task Ids_and_keys_do_not_mix()
    {
        var id = JobId.From("a");
        await InsertAsync(WithId(id));

        Assert.False((await InsertAsync(WithKey(id.ToString()))).WasDeduplicated);
    }

    [Fact]
    public async Task Equal_keys_inside_a_batch_meet_each_other()
    {
        var id = JobId.From("a");
        var inserted = await InsertManyAsync(WithKey("k"), Job(), WithId(id), WithKey("k"), WithId(id), WithKey("k", name: "other"));

        Assert.Equal([false, false, false, true, true, false], inserted.Select(i => i.WasDeduplicated));
        Assert.Equal(inserted[0].Id, inserted[3].Id);
        Assert.Equal(id, inserted[4].Id);
        Assert.Equal(4, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_batch_meets_jobs_that_are_there()
    {
        var first = await InsertAsync(WithKey("k"));
        var inserted = await InsertManyAsync(Job(), WithKey("k"), WithKey("l"));

        Assert.Equal([false, true, false], inserted.Select(i => i.WasDeduplicated));
        Assert.Equal(first.Id, inserted[1].Id);
        Assert.Equal(3, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_taken_key_leaves_those_around_it_stored_once_and_in_their_order()
    {
        var first = await InsertAsync(WithKey("k700"));
        var worker = await StartWorkerAsync();
        Assert.Equal(first.Id, (await worker.ClaimOneAsync()).Id);
        List<int> numbers = [.. Enumerable.Range(0, 1500).Reverse()];
        var inserted = await InsertManyAsync([.. numbers.Select(n => WithKey($"k{n}"))]);

        Assert.Equal([numbers.IndexOf(700)], Enumerable.Range(0, 1500).Where(i => inserted[i].WasDeduplicated));
        Assert.Equal(first.Id, inserted[numbers.IndexOf(700)].Id);
        Assert.Equal(1500, await Storage.CountAsync(new JobFilter(), Cancellation));
        List<JobId> claimed = [];
        while (await worker.ClaimAsync(2000) is { Count: > 0 } some)
            claimed.AddRange(some.Select(j => j.Id));

        Assert.Equal([.. inserted.Where(i => !i.WasDeduplicated).Select(i => i.Id)], claimed);
        Assert.All(await InsertManyAsync([.. numbers.Select(n => WithKey($"k{n}"))]), i => Assert.True(i.WasDeduplicated));
    }

    [Fact]
    public async Task A_job_whose_id_or_key_is_taken_leaves_the_other_one_free()
    {
        var (id, free) = (JobId.From("a"), JobId.From("b"));
        var withId = await InsertAsync(WithId(id));
        var withKey = await InsertAsync(WithKey("k"));
        var inserted = await InsertManyAsync(With(free, "k"), With(id, "free"), WithKey("l"));

        Assert.Equal([true, true, false], inserted.Select(i => i.WasDeduplicated));
        Assert.Equal([withKey.Id, withId.Id], inserted.Take(2).Select(i => i.Id));
        Assert.False((await InsertAsync(WithId(free))).WasDeduplicated);
        Assert.False((await InsertAsync(WithKey("free"))).WasDeduplicated);
    }

    [Fact]
    public async Task A_conflict_stores_nothing_of_its_batch()
    {
        var id = JobId.From("a");
        await InsertAsync(WithId(id));

        await Assert.ThrowsAsync<JobConflictException>(() => InsertManyAsync(Job(), WithKey("k"), Job(delay: TimeSpan.FromHours(1)), WithId(JobId.From("b")), WithId(id, name: "other"), Job()));

        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.False(await ExistsAsync(JobId.From("b")));
        Assert.False((await InsertAsync(WithKey("k"))).WasDeduplicated);
        Assert.False((await InsertAsync(WithId(JobId.From("b")))).WasDeduplicated);
        Assert.Equal(3, (await (await StartWorkerAsync(names: ["work", "other"])).ClaimAsync(10)).Count);
    }

    [Fact]
    public async Task A_conflict_inside_a_batch_stores_nothing()
    {
        var id = JobId.From("a");

        await Assert.ThrowsAsync<JobConflictException>(() => InsertManyAsync(WithId(id), WithId(id, name: "other")));

        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.False((await InsertAsync(WithId(id, name: "other"))).WasDeduplicated);
    }

    [Fact]
    public async Task Concurrent_callers_with_one_key_store_one_job()
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            await start.Task;
            return await InsertAsync(i % 2 == 0 ? WithKey("k") : Job(details: new JobDetails { Id = JobId.From("x"), Submitter = "caller" }));
        })).ToList();
        start.SetResult();
        var inserted = await Task.WhenAll(callers);

        Assert.Equal(2, inserted.Select(i => i.Id).Distinct().Count());
        Assert.Equal(2, inserted.Count(i => !i.WasDeduplicated));
        Assert.Equal(2, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task Concurrent_batches_with_crossing_keys_do_not_block_each_other()
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            await start.Task;
            var keys = Enumerable.Range(0, 20).Select(k => WithKey($"k{(i % 2 == 0 ? k : 19 - k)}"));
            return await InsertManyAsync([.. keys]);
        })).ToList();
        start.SetResult();
        var inserted = await Task.WhenAll(callers);

        Assert.Equal(20, inserted.SelectMany(i => i).Count(i => !i.WasDeduplicated));
        Assert.Equal(20, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    private static JobRecord WithId(JobId id, byte[]? payload = null, string name = "work") =>
        Job(name, payload: payload, details: new JobDetails { Id = id });

    private static JobRecord With(JobId id, string key) => Job(details: new JobDetails { Id = id, IdempotencyKey = key });

    private static JobRecord WithKey(string key, byte[]? payload = null, string name = "work") =>
        Job(name, payload: payload, details: new JobDetails { IdempotencyKey = key });
}
