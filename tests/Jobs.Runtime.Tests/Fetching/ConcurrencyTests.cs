using Jobs.Fetching;
using Jobs.InMemory;
using Jobs.Metadata;
using Jobs.Storage;
using Xunit;

namespace Jobs.Runtime.Tests.Fetching;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task A_worker_runs_no_more_than_its_concurrency_and_all_of_it() => Assert.Equal(3, await HighestAsync(
        static worker => worker.Concurrency = 3, new JobDefaults(), expected: 3));

    [Fact]
    public async Task A_job_runs_no_more_than_its_own_limit() => Assert.Equal(2, await HighestAsync(
        static worker => worker.Concurrency = 8, new JobDefaults { MaxConcurrency = 2 }, expected: 2));

    [Fact]
    public async Task A_queue_runs_no_more_than_its_limit() => Assert.Equal(2, await HighestAsync(
        static worker => worker.Concurrency = 8, new JobDefaults { Queue = "narrow" }, expected: 2, static jobs => jobs.Queue("narrow", static queue => queue.MaxConcurrency = 2)));

    [Fact]
    public async Task A_jobs_limit_holds_over_its_former_names_too_and_none_of_them_is_left_behind()
    {
        var gauge = new Gauge();
        var jobs = new TestAssembly().Add(TestJob.Of<int, int>("now", async (input, _, _) => { await gauge.PassAsync(); return input; }, new JobDefaults { MaxConcurrency = 2 }, aliases: ["once", "twice"]));
        var storage = new FaultyStorage(new InMemoryStorage(TimeProvider.System, new InMemoryOptions()));
        await using var old = TestHost.Build([new TestAssembly().Add<int, int>("once", static (i, _, _) => new(i)).Add<int, int>("twice", static (i, _, _) => new(i))], static jobs => jobs.ClientOnly(), storage: storage);

        // A poll long after the test: every name must be found without it.
        await using var host = await TestHost.StartAsync(jobs, static options => options.Worker(static worker => (worker.Concurrency, worker.PollInterval) = (8, TimeSpan.FromHours(1))), storage: storage);
        for (var round = 0; round < 20; round++)
        {
            var handle = await old.Client<int, int>(round % 2 == 0 ? "once" : "twice").EnqueueAsync(round);
            await TestHost.EventuallyAsync(() => handle.GetStatusAsync().AsTask().Result.Status == JobStatus.Completed, "the job of a former name runs");
        }

        var many = new List<JobHandle>();
        for (var i = 0; i < 20; i++)
        {
            many.Add(await old.Client<int, int>("once").EnqueueAsync(i));
            many.Add(await old.Client<int, int>("twice").EnqueueAsync(i));
            many.Add(await host.Client<int, int>("now").EnqueueAsync(i));
        }

        await TestHost.EventuallyAsync(() => gauge.Passed == 80, "all have run");
        Assert.InRange(gauge.Highest, 1, 2);
    }

    [Fact]
    public async Task A_worker_with_few_slots_has_one_exchange_at_a_time()
    {
        var (under, highest) = (0, 0);
        var storage = new FaultyStorage(new InMemoryStorage(TimeProvider.System, new InMemoryOptions()));
        storage.OtherCapabilities = storage.Inner.Capabilities with { ExchangeConcurrency = 2 };
        storage.Before = async call =>
        {
            if (call == nameof(IJobStorage.ExchangeAsync))
            {
                highest = Math.Max(highest, Interlocked.Increment(ref under));
                await Task.Yield();
            }
        };
        storage.After = call => Task.FromResult(call == nameof(IJobStorage.ExchangeAsync) ? Interlocked.Decrement(ref under) : 0);
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<int, int>("job", static async (input, _, _) => { await Task.Yield(); return input; }),
            static jobs => jobs.Worker(static worker => worker.Concurrency = 63),
            storage: storage);
        var handles = await host.Client<int, int>("job").EnqueueManyAsync(Enumerable.Range(0, 500));
        await Task.WhenAll(handles.Select(static handle => handle.WaitForCompletionAsync())).SoonAsync();
        Assert.Equal(1, highest);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 1)]
    [InlineData(64, 2)]
    [InlineData(10_000, 2)]
    public void A_worker_has_an_exchange_for_each_32_slots_up_to_what_the_storage_likes(int slots, int exchanges)
    {
        using var queue = new WorkQueue(new StorageCapabilities { Name = "any", ExchangeConcurrency = 2 }, slots, held: null!);
        Assert.Equal(exchanges, queue.Signals.Count);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_keeps_only_its_own_slot()
    {
        using var go = new ManualResetEventSlim();
        await using var host = await TestHost.StartAsync(
            new TestAssembly()
                .Add("blocks", (_, _) => { go.Wait(TestHost.Limit, CancellationToken.None); return Task.CompletedTask; })
                .Add<int, int>("short", static (input, _, _) => new(input)),
            static jobs => jobs.Worker(static worker => worker.Concurrency = 3));
        var blocked = await host.Client("blocks").EnqueueAsync();
        var alsoBlocked = await host.Client("blocks").EnqueueAsync();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i, await (await host.Client<int, int>("short").EnqueueAsync(i)).WaitForResultAsync().SoonAsync());
        }

        go.Set();
        await blocked.WaitForCompletionAsync().SoonAsync();
        await alsoBlocked.WaitForCompletionAsync().SoonAsync();
    }

    [Fact]
    public async Task Thousands_of_small_jobs_all_run_once()
    {
        var runs = new int[5000];
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int>("tiny", (input, _, _) => { Interlocked.Increment(ref runs[input]); return Task.CompletedTask; }));
        var handles = await host.Client<int>("tiny").EnqueueManyAsync(Enumerable.Range(0, runs.Length));
        await Task.WhenAll(handles.Select(static handle => handle.WaitForCompletionAsync())).SoonAsync();
        Assert.All(runs, static count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_worker_takes_only_the_queues_that_it_is_given()
    {
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<int, int>("job", static (input, _, _) => new(input)),
            static jobs => jobs.Worker(static worker => worker.Queues.Add("mine")));
        var others = await host.Client<int, int>("job").EnqueueAsync(1);
        Assert.Equal(2, await (await host.Client<int, int>("job").EnqueueAsync(2, new() { Queue = "mine" })).WaitForResultAsync().SoonAsync());
        Assert.Equal(JobStatus.Pending, (await others.GetStatusAsync()).Status);
        Assert.Equal(["mine"], Assert.Single(await host.Manager.ListWorkersAsync()).Queues);
    }

    [Fact]
    public async Task A_higher_priority_goes_first()
    {
        var order = new List<int>();
        await using var host = TestHost.Build([new TestAssembly().Add<int>("job", (input, _, _) => { order.Add(input); return Task.CompletedTask; })], static jobs => jobs.Worker(static worker => worker.Concurrency = 1));
        var client = host.Client<int>("job");
        JobHandle[] handles = [await client.EnqueueAsync(1), await client.EnqueueAsync(2, new() { Priority = 5 }), await client.EnqueueAsync(3, new() { Priority = -1 }), await client.EnqueueAsync(4, new() { Priority = 9 })];
        await host.Host.StartAsync();
        await Task.WhenAll(handles.Select(static handle => handle.WaitForCompletionAsync())).SoonAsync();
        Assert.Equal([4, 2, 1, 3], order);
    }

    private static async Task<int> HighestAsync(Action<WorkerOptions> worker, JobDefaults defaults, int expected, Action<JobsBuilder>? configure = null)
    {
        var gauge = new Gauge { Meeting = expected };
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("job", (_, _) => gauge.PassAsync(), defaults),
            jobs =>
            {
                jobs.Worker(worker);
                configure?.Invoke(jobs);
            });
        var handles = new List<JobHandle>();
        for (var i = 0; i < 6 * expected; i++)
        {
            handles.Add(await host.Client("job").EnqueueAsync());
        }

        await Task.WhenAll(handles.Select(static handle => handle.WaitForCompletionAsync())).SoonAsync();
        return gauge.Highest;
    }

    /// <summary>Counts who is inside at once. With a meeting, each waits until so many are: the bound is thus reached, not only kept.</summary>
    private sealed class Gauge
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _inside;
        private int _arrived;

        public int Meeting { get; init; } = 1;

        public int Highest { get; private set; }

        public int Passed { get; private set; }

        public async Task PassAsync()
        {
            Task met;
            lock (_gate)
            {
                Highest = Math.Max(Highest, ++_inside);
                met = _met.Task;
                if (++_arrived == Meeting)
                {
                    _arrived = 0;
                    _met.SetResult();
                    _met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    met = Task.CompletedTask;
                }
            }

            await met.SoonAsync();
            await Task.Yield();
            lock (_gate)
            {
                _inside--;
                Passed++;
            }
        }
    }
}
