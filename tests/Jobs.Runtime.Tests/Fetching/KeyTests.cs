using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Fetching;

/// <summary>Keys, shared limits and dependencies from a call to its handler.</summary>
public sealed class KeyTests
{
    private readonly Lock _gate = new();
    private readonly List<int> _order = [];
    private int _running;
    private int _most;

    [Fact]
    public async Task Jobs_of_one_key_run_one_after_the_other_and_the_next_follows_at_once()
    {
        await using var host = await TestHost.StartAsync(Counting(), jobs => jobs.Worker(w => (w.Concurrency, w.PollInterval) = (8, TimeSpan.FromHours(1))));
        var client = host.Client<int>("count");
        var handles = await client.EnqueueManyAsync(Enumerable.Range(0, 20), new EnqueueOptions { ConcurrencyKey = "k" });
        await Task.WhenAll(handles.Select(h => h.WaitForCompletionAsync())).WaitAsync(TestHost.Limit);

        Assert.Equal(1, _most);
    }

    [Fact]
    public async Task KeyConcurrency_lets_so_many_of_a_key_run()
    {
        await using var host = await TestHost.StartAsync(Counting(new JobDefaults { KeyConcurrency = 3 }), jobs => jobs.Worker(w => w.Concurrency = 8));
        var handles = await host.Client<int>("count").EnqueueManyAsync(Enumerable.Range(0, 30), new EnqueueOptions { ConcurrencyKey = "k" });
        await Task.WhenAll(handles.Select(h => h.WaitForCompletionAsync())).WaitAsync(TestHost.Limit);

        Assert.InRange(_most, 1, 3);
    }

    [Fact]
    public async Task GlobalConcurrency_bounds_all_runs_of_a_job_and_the_next_follows_at_once()
    {
        await using var host = await TestHost.StartAsync(Counting(new JobDefaults { GlobalConcurrency = 2 }), jobs => jobs.Worker(w => (w.Concurrency, w.PollInterval) = (8, TimeSpan.FromHours(1))));
        var handles = await host.Client<int>("count").EnqueueManyAsync(Enumerable.Range(0, 20));
        await Task.WhenAll(handles.Select(h => h.WaitForCompletionAsync())).WaitAsync(TestHost.Limit);

        Assert.InRange(_most, 1, 2);
    }

    [Fact]
    public async Task An_ordering_key_keeps_the_order_of_the_calls()
    {
        await using var host = await TestHost.StartAsync(Counting(), jobs => jobs.Worker(w => (w.Concurrency, w.PollInterval) = (8, TimeSpan.FromHours(1))));
        var handles = new List<JobHandle>();
        for (var i = 0; i < 20; i++)
        {
            handles.Add(await host.Client<int>("count").EnqueueAsync(i, new EnqueueOptions { OrderingKey = "k", Priority = i }));
        }

        await Task.WhenAll(handles.Select(h => h.WaitForCompletionAsync())).WaitAsync(TestHost.Limit);
        Assert.Equal(Enumerable.Range(0, 20), _order);
    }

    [Fact]
    public async Task A_job_runs_after_those_that_it_depends_on_and_fails_with_them()
    {
        var jobs = Counting().Add<int>("break", (_, _, _) => throw new InvalidOperationException("No."), new JobDefaults { MaxAttempts = 1 });
        await using var host = await TestHost.StartAsync(jobs);
        var first = await host.Client<int>("count").EnqueueAsync(1, new EnqueueOptions { Delay = "50ms" });
        var second = await host.Client<int>("count").EnqueueAsync(2, new EnqueueOptions { DependsOn = [first.Id] });
        await second.WaitForCompletionAsync().WaitAsync(TestHost.Limit);
        Assert.Equal([1, 2], _order);

        var broken = await host.Client<int>("break").EnqueueAsync(0, new EnqueueOptions { Delay = "50ms" });
        var dependant = await host.Client<int>("count").EnqueueAsync(3, new EnqueueOptions { DependsOn = [broken.Id, first.Id] });
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => dependant.WaitForCompletionAsync().WaitAsync(TestHost.Limit));
        Assert.Equal(FailureReason.DependencyFailed, failure.Reason);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_a_message_that_says_what_to_change()
    {
        await using var host = TestHost.Build([Counting()]);
        var client = host.Client<int>("count");
        foreach (var options in new EnqueueOptions[]
        {
            new() { ConcurrencyKey = "" },
            new() { OrderingKey = new string('x', 201) },
            new() { FairnessKey = "a\0b" },
            new() { OnDuplicate = OnDuplicate.Replace },
            new() { IdempotencyWindow = "1h" },
            new() { IdempotencyKey = "k", IdempotencyWindow = "0s" },
            new() { Id = JobId.From("a"), DependsOn = [JobId.From("a")] },
        })
        {
            var refusal = await Assert.ThrowsAsync<JobException>(async () => await client.EnqueueAsync(1, options));
            Assert.Equal(JobErrorCodes.InvalidOption, refusal.Code);
        }

        await Assert.ThrowsAsync<JobNotFoundException>(async () => await client.EnqueueAsync(1, new EnqueueOptions { DependsOn = [JobId.New()] }));
        Assert.Equal(0, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task A_rate_limit_of_a_queue_or_a_job_holds_due_jobs_back_and_nobody_else()
    {
        var time = new global::Jobs.Testing.ManualTimeProvider();
        await using var host = await TestHost.StartAsync(
            Counting().Add<int>("free", (_, _, _) => Task.CompletedTask),
            jobs => jobs.Job("count", j => j.RateLimit = new RateLimit(2, "1m")).Queue("slow", q => q.RateLimit = RateLimit.Parse("1/1h")),
            time: time);
        await host.Client<int>("count").EnqueueManyAsync(Enumerable.Range(0, 5));
        var slow = await host.Client<int>("free").EnqueueManyAsync(Enumerable.Range(0, 2), new EnqueueOptions { Queue = "slow" });
        await (await host.Client<int>("free").EnqueueAsync(1)).WaitForCompletionAsync().WaitAsync(TestHost.Limit);
        await TestHost.EventuallyAsync(() => Count() == 2, "two permits");
        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromSeconds(10), () => Count() == 5, "all permits");
        Assert.Equal(1, await host.Manager.CountAsync(new JobFilter { Queue = "slow", Status = JobStatus.Pending }));
    }

    [Fact]
    public async Task A_rate_limit_that_is_reset_lets_its_burst_start_and_says_what_it_did()
    {
        var time = new global::Jobs.Testing.ManualTimeProvider();
        await using var host = TestHost.Build(
            [Counting()],
            jobs => jobs.ClientOnly().Job("count", j => j.RateLimit = new RateLimit(2, "1h")).Queue("slow", q => q.KeyRateLimit = new RateLimit(1, "1h")),
            time: time);
        var runner = host.Services.GetRequiredService<IJobRunner>();
        await host.Client<int>("count").EnqueueManyAsync(Enumerable.Range(0, 5));
        Assert.Equal(0, await host.Manager.ResetJobRateLimitAsync("count"));
        Assert.Equal(2, await runner.RunDueAsync().AsTask().WaitAsync(TestHost.Limit));

        Assert.Equal(1, await host.Manager.ResetJobRateLimitAsync("count"));
        Assert.Equal(2, await runner.RunDueAsync().AsTask().WaitAsync(TestHost.Limit));
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await runner.RunDueAsync().AsTask().WaitAsync(TestHost.Limit));

        foreach (var key in new[] { "a", "b" })
        {
            await host.Client<int>("count").EnqueueAsync(1, new EnqueueOptions { Queue = "slow", ConcurrencyKey = key });
        }

        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, await runner.RunDueAsync().AsTask().WaitAsync(TestHost.Limit));
        Assert.Equal(1, await host.Manager.ResetQueueRateLimitAsync("slow", "a"));
        Assert.Equal(1, await host.Manager.ResetQueueRateLimitAsync("slow"));
        Assert.Equal(0, await host.Manager.ResetQueueRateLimitAsync("nowhere"));
        Assert.Equal(JobErrorCodes.InvalidOption, (await Assert.ThrowsAsync<JobException>(async () => await host.Manager.ResetQueueRateLimitAsync("no queue"))).Code);
    }

    [Fact]
    public async Task RunDue_runs_what_is_due_and_counts_it()
    {
        await using var host = TestHost.Build([Counting()], jobs => jobs.ClientOnly());
        var client = host.Client<int>("count");
        Assert.Equal(0, await host.Services.GetRequiredService<IJobRunner>().RunDueAsync().AsTask().WaitAsync(TestHost.Limit));
        await client.EnqueueManyAsync(Enumerable.Range(0, 50));
        var parent = await client.EnqueueAsync(50);
        await client.EnqueueAsync(51, new EnqueueOptions { DependsOn = [parent.Id] });
        var later = await client.EnqueueAsync(52, new EnqueueOptions { Delay = "1h" });

        Assert.Equal(52, await host.Services.GetRequiredService<IJobRunner>().RunDueAsync().AsTask().WaitAsync(TestHost.Limit));
        Assert.Equal(52, Count());
        Assert.Equal(JobStatus.Pending, (await later.GetStatusAsync()).Status);
        Assert.Empty(await host.Manager.ListWorkersAsync());
    }

    [Fact]
    public async Task A_worker_takes_only_the_jobs_that_it_is_given()
    {
        await using var host = await TestHost.StartAsync(Counting().Add<int>("other", (_, _, _) => Task.CompletedTask), jobs => jobs.Worker(w => w.Jobs.Add("other")));
        var left = await host.Client<int>("count").EnqueueAsync(1);
        await (await host.Client<int>("other").EnqueueAsync(1)).WaitForCompletionAsync().WaitAsync(TestHost.Limit);

        Assert.Equal(JobStatus.Pending, (await left.GetStatusAsync()).Status);
    }

    [Fact]
    public async Task A_strict_order_of_queues_comes_before_priority()
    {
        await using var host = TestHost.Build([Counting()], jobs => jobs.ClientOnly().Worker(w =>
        {
            w.Concurrency = 1;
            w.StrictQueueOrder = true;
            w.Queues.Add("first");
            w.Queues.Add("second");
        }));
        await host.Client<int>("count").EnqueueManyAsync([2, 3], new EnqueueOptions { Queue = "second", Priority = 9 });
        await host.Client<int>("count").EnqueueManyAsync([0, 1], new EnqueueOptions { Queue = "first" });

        Assert.Equal(4, await host.Services.GetRequiredService<IJobRunner>().RunDueAsync().AsTask().WaitAsync(TestHost.Limit));
        Assert.Equal([0, 1, 2, 3], _order);
    }

    [Fact]
    public async Task Weights_of_queues_decide_how_often_each_comes_first()
    {
        await using var host = TestHost.Build([Counting()], jobs => jobs.ClientOnly().Worker(w =>
        {
            w.Concurrency = 1;
            foreach (var (queue, weight) in new[] { ("rare", 1), ("often", 9) })
            {
                w.Queues.Add(queue);
                w.QueueWeights[queue] = weight;
            }
        }));
        await host.Client<int>("count").EnqueueManyAsync(Enumerable.Repeat(0, 300), new EnqueueOptions { Queue = "rare" });
        await host.Client<int>("count").EnqueueManyAsync(Enumerable.Repeat(1, 300), new EnqueueOptions { Queue = "often" });

        Assert.Equal(600, await host.Services.GetRequiredService<IJobRunner>().RunDueAsync().AsTask().WaitAsync(TestHost.Limit));

        // 90 of the first 100 in the mean; 60 would be ten standard deviations away.
        Assert.InRange(_order.Take(100).Sum(), 60, 100);
    }

    [Fact]
    public void Wrong_orders_of_queues_are_refused()
    {
        foreach (var configure in new Action<WorkerOptions>[]
        {
            w => w.StrictQueueOrder = true,
            w => w.QueueWeights["a"] = 1,
            w =>
            {
                w.Queues.Add("a");
                w.QueueWeights["a"] = 0;
            },
            w => w.Jobs.Add("no such job"),
        })
        {
            var host = TestHost.Build([Counting()], jobs => jobs.Worker(configure));
            Assert.Equal(JobErrorCodes.Configuration, Assert.Throws<JobException>(() => host.Manager).Code);
        }
    }

    private int Count()
    {
        lock (_gate)
        {
            return _order.Count;
        }
    }

    private TestAssembly Counting(JobDefaults? defaults = null) => new TestAssembly().Add<int>(
        "count",
        async (input, _, _) =>
        {
            lock (_gate)
            {
                _most = Math.Max(_most, ++_running);
                _order.Add(input);
            }

            await Task.Yield();
            lock (_gate)
            {
                _running--;
            }
        },
        defaults);
}
