using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Pauses hold up claims on every machine, last, and are lifted at once; queues tell what is in them.</summary>
public abstract class PausingTests : StorageTests
{
    [Fact]
    public async Task A_paused_queue_is_passed_over_and_the_others_are_not()
    {
        var held = await InsertAsync(queue: "a", priority: 9);
        var free = await InsertAsync(queue: "b");
        var worker = await StartWorkerAsync();
        Assert.True(await PauseAsync(PauseScope.Queue, "a"));
        Assert.False(await PauseAsync(PauseScope.Queue, "a"));

        Assert.Equal([free], (await worker.ClaimAsync(5)).Select(c => c.Id));
        var later = await InsertAsync(queue: "a");
        Assert.Empty(await worker.ClaimAsync(5));

        Assert.True(await ResumeAsync(PauseScope.Queue, "a"));
        Assert.False(await ResumeAsync(PauseScope.Queue, "a"));
        Assert.Equal([held, later], (await worker.ClaimAsync(5)).Select(c => c.Id));
    }

    [Fact]
    public async Task A_paused_job_is_passed_over_in_all_queues()
    {
        await InsertAsync("a", "q1");
        await InsertAsync("a", "q2");
        var free = await InsertAsync("b", "q1");
        var worker = await StartWorkerAsync(names: ["a", "b"]);
        await PauseAsync(PauseScope.Job, "a");

        Assert.Equal([free], (await worker.ClaimAsync(5)).Select(c => c.Id));

        await ResumeAsync(PauseScope.Job, "a");
        Assert.Equal(2, (await worker.ClaimAsync(5)).Count);
    }

    [Fact]
    public async Task A_paused_worker_claims_nothing_while_others_do()
    {
        var (paused, other) = (await StartWorkerAsync("w1"), await StartWorkerAsync("w2"));
        Assert.False(await PauseAsync(PauseScope.Worker, "nobody"));
        Assert.True(await PauseAsync(PauseScope.Worker, "w1"));
        await InsertManyAsync(Job(), Job());

        Assert.Empty(await paused.ClaimAsync(5));
        await other.ClaimOneAsync();
        Assert.True(await paused.HeartbeatAsync());
        Assert.Empty(await paused.ClaimAsync(5));

        Assert.True(await ResumeAsync(PauseScope.Worker, "w1"));
        await paused.ClaimOneAsync();
    }

    [Fact]
    public async Task The_pause_of_a_worker_goes_with_it()
    {
        var worker = await StartWorkerAsync();
        await PauseAsync(PauseScope.Worker, worker.Id);
        await Storage.RetireWorkerAsync(worker.Id, Cancellation);
        Assert.Empty(await Storage.ListPausesAsync(Cancellation));

        await worker.HeartbeatAsync();
        await InsertAsync();
        await worker.ClaimOneAsync();
    }

    [Fact]
    public async Task A_paused_concurrency_key_holds_up_its_jobs_only()
    {
        await PauseAsync(PauseScope.ConcurrencyKey, "k");
        var held = await KeyedAsync("k");
        var other = await KeyedAsync("l");
        var plain = await InsertAsync();
        var worker = await StartWorkerAsync();

        Assert.Equal(new[] { other, plain }.Order(), (await worker.ClaimAsync(5)).Select(c => c.Id).Order());
        Assert.Empty(await worker.ClaimAsync(5));

        await ResumeAsync(PauseScope.ConcurrencyKey, "k");
        Assert.Equal(held, (await worker.ClaimOneAsync()).Id);
        await PauseAsync(PauseScope.ConcurrencyKey, "l");
        await KeyedAsync("l");
        Assert.Empty(await worker.ClaimAsync(5));

        async Task<JobId> KeyedAsync(string key) => (await InsertAsync(Job(details: new JobDetails { ConcurrencyKey = key, KeyConcurrency = 2 }))).Id;
    }

    [Theory]
    [InlineData(PauseScope.Queue, "q")]
    [InlineData(PauseScope.Job, "work")]
    [InlineData(PauseScope.Everything, "")]
    [InlineData(PauseScope.Worker, "worker")]
    public async Task Jobs_with_keys_are_paused_like_others(PauseScope scope, string key)
    {
        var worker = await StartWorkerAsync();
        await InsertAsync(Job(queue: "q", details: new JobDetails { ConcurrencyKey = "k" }));
        await InsertAsync(Job(queue: "q", details: new JobDetails { FairnessKey = "f" }));
        await InsertAsync(Job(queue: "q", details: new JobDetails { OrderingKey = "o" }));
        await PauseAsync(scope, key);

        Assert.Empty(await worker.ClaimAsync(5));
        Assert.Equal(3, Assert.Single(await Storage.ListQueuesAsync(Cancellation)).Pending);

        await ResumeAsync(scope, key);
        Assert.Equal(3, (await worker.ClaimAsync(5)).Count);
    }

    [Fact]
    public async Task Everything_is_paused_and_what_runs_goes_on()
    {
        await InsertManyAsync(Job(), Job());
        var worker = await StartWorkerAsync();
        var running = await worker.ClaimOneAsync();
        await PauseAsync(PauseScope.Everything, "");

        var exchange = await worker.ExchangeAsync(5, [TestWorker.Outcome(running, JobOutcomeKind.Retry)]);
        Assert.Equal([OutcomeDisposition.Stored], exchange.Dispositions);
        Assert.Empty(exchange.Claimed);

        await ResumeAsync(PauseScope.Everything, "");
        Assert.Equal(2, (await worker.ClaimAsync(5)).Count);
    }

    [Fact]
    public async Task Resuming_wakes_the_workers()
    {
        await InsertAsync(queue: "q");
        var worker = await StartWorkerAsync();
        await PauseAsync(PauseScope.Queue, "q");
        Assert.Empty(await worker.ClaimAsync());
        var signals = new SignalRecorder();
        using var subscription = Storage.Subscribe(signals);

        await ResumeAsync(PauseScope.Queue, "q");

        await signals.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await worker.ClaimOneAsync();
    }

    [Fact]
    public async Task What_becomes_due_in_a_paused_queue_waits()
    {
        await InsertAsync(queue: "q", delay: TimeSpan.FromHours(1));
        var worker = await StartWorkerAsync();
        await PauseAsync(PauseScope.Queue, "q");
        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        await worker.HeartbeatAsync();

        Assert.Empty(await worker.ClaimAsync());
        Assert.Null(worker.NextDueIn);
        await ResumeAsync(PauseScope.Queue, "q");
        await worker.ClaimOneAsync();
    }

    [Fact]
    public async Task Pauses_are_listed_with_their_beginning()
    {
        var before = await Harness.GetNowAsync();
        await PauseAsync(PauseScope.Queue, "q");
        await PauseAsync(PauseScope.Everything, "");
        await PauseAsync(PauseScope.Job, "work");
        await ResumeAsync(PauseScope.Everything, "");

        var pauses = await Storage.ListPausesAsync(Cancellation);

        Assert.Equivalent(new[] { (PauseScope.Queue, "q"), (PauseScope.Job, "work") }, pauses.Select(p => (p.Scope, p.Key)));
        var after = await Harness.GetNowAsync();
        Assert.All(pauses, p => AssertBetween(before, after, p.Since));
    }

    [Fact]
    public async Task A_pause_holds_for_other_instances_and_after_closing_and_opening_again()
    {
        Assert.SkipUnless(Storage.Capabilities.IsShared && Storage.Capabilities.IsDurable, $"{Storage.Capabilities.Name} is not shared and durable.");
        await InsertAsync(queue: "q");
        var other = await OpenAnotherAsync();
        var worker = await StartWorkerAsync(storage: other);
        await PauseAsync(PauseScope.Queue, "q");
        Assert.Empty(await worker.ClaimAsync());

        await ReopenAsync();
        Assert.Equal("q", Assert.Single(await Storage.ListPausesAsync(Cancellation)).Key);
        Assert.Empty(await worker.ClaimAsync());
        await ResumeAsync(PauseScope.Queue, "q");
        await worker.ClaimOneAsync();
    }

    [Fact]
    public async Task Queues_tell_what_waits_what_runs_and_how_late_it_is()
    {
        Assert.Empty(await Storage.ListQueuesAsync(Cancellation));
        await InsertManyAsync(Job(queue: "a"), Job(queue: "a"), Job("other", "a"), Job(queue: "b", delay: TimeSpan.FromHours(9)), Job(queue: "done", priority: 1));
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());
        await worker.ClaimOneAsync();
        await PauseAsync(PauseScope.Queue, "c");
        await PauseAsync(PauseScope.Queue, "b");
        await Harness.AdvanceAsync(TimeSpan.FromHours(1));

        var queues = await Storage.ListQueuesAsync(Cancellation);

        Assert.Equal([("a", false, 2, 1), ("b", true, 1, 0), ("c", true, 0, 0)], queues.Select(q => (q.Name, q.IsPaused, q.Pending, q.Running)));
        Assert.InRange(queues[0].OldestDueAge!.Value, TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1), TimeSpan.FromHours(2));
        Assert.Null(queues[1].OldestDueAge);
        Assert.Null(queues[2].OldestDueAge);
    }

    private async Task<bool> PauseAsync(PauseScope scope, string key) => await Storage.SetPausedAsync(scope, key, true, Cancellation);

    private async Task<bool> ResumeAsync(PauseScope scope, string key) => await Storage.SetPausedAsync(scope, key, false, Cancellation);
}
