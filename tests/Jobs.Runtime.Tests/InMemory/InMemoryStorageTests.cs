using Jobs.InMemory;
using Jobs.Storage;
using Jobs.Storage.Conformance;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.InMemory;

/// <summary>What only the in-memory storage promises; everything else is in the conformance suite.</summary>
public sealed class InMemoryStorageTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Beyond_the_limit_the_oldest_finished_jobs_go_first_with_their_keys()
    {
        var storage = Create(maxFinished: 2);
        var worker = await StartAsync(storage);
        var ids = new List<JobId>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await InsertAsync(storage, $"k{i}")).Id);
            await worker.EndAsync(await worker.ClaimOneAsync(), i % 2 == 0 ? JobOutcomeKind.Completed : JobOutcomeKind.Failed);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(ids[..2], await storage.GetEndedAsync(ids[..2], default));
        Assert.True(await ExistsAsync(storage, ids[2]));
        Assert.True(await ExistsAsync(storage, ids[3]));
        Assert.False((await InsertAsync(storage, "k0")).WasDeduplicated);
        Assert.True((await InsertAsync(storage, "k3")).WasDeduplicated);
        Assert.Empty(storage.FindInvariantViolations());
    }

    [Fact]
    public async Task A_limit_of_zero_keeps_no_finished_job()
    {
        var storage = Create(maxFinished: 0);
        var worker = await StartAsync(storage);
        var id = (await InsertAsync(storage)).Id;

        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(await worker.ClaimOneAsync()));
        Assert.False(await ExistsAsync(storage, id));
    }

    [Fact]
    public async Task The_time_to_the_next_due_job_is_exact()
    {
        var storage = Create();
        var worker = await StartAsync(storage);
        await InsertAsync(storage, delay: TimeSpan.FromMilliseconds(1500));
        var first = await InsertAsync(storage, delay: TimeSpan.FromMilliseconds(700));
        await worker.ClaimAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(700), worker.NextDueIn);

        _time.Advance(TimeSpan.FromMilliseconds(200));
        await worker.ClaimAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(500), worker.NextDueIn);

        await storage.CancelAsync(first.Id, default);
        await worker.ClaimAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(1300), worker.NextDueIn);
    }

    [Fact]
    public async Task A_job_that_becomes_due_is_signalled_by_itself()
    {
        var storage = Create();
        var worker = await StartAsync(storage);
        await InsertAsync(storage, delay: TimeSpan.FromDays(100));
        await InsertAsync(storage, delay: TimeSpan.FromMinutes(1));
        await worker.ClaimAsync();
        var signals = new SignalRecorder();
        using var subscription = storage.Subscribe(signals);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(signals.JobsReady.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(signals.JobsReady.IsCompleted);

        await worker.ClaimAsync(10);
        var later = new SignalRecorder();
        using var laterSubscription = storage.Subscribe(later);
        _time.Advance(TimeSpan.FromDays(100));
        Assert.True(later.JobsReady.IsCompleted);
    }

    [Fact]
    public async Task Ready_jobs_are_signalled_only_to_workers_with_room()
    {
        var storage = Create();
        var worker = await StartAsync(storage);
        await InsertAsync(storage);
        await worker.ClaimOneAsync();
        var signals = new SignalRecorder();
        using var subscription = storage.Subscribe(signals);

        await InsertAsync(storage);
        Assert.False(signals.JobsReady.IsCompleted);

        await worker.ClaimAsync(2);
        await InsertAsync(storage);
        Assert.True(signals.JobsReady.IsCompleted);
    }

    [Fact]
    public async Task A_disposed_subscription_hears_nothing()
    {
        var storage = Create();
        var signals = new SignalRecorder();
        storage.Subscribe(signals).Dispose();

        await InsertAsync(storage);

        Assert.False(signals.JobsReady.IsCompleted);
    }

    [Fact]
    public async Task Enqueueing_completes_synchronously()
    {
        var storage = Create();

        var inserting = storage.InsertAsync(Job(), null, default).AsTask();
        Assert.True(inserting.IsCompletedSuccessfully);
        Assert.True((await inserting).Id > default(JobId));
    }

    [Fact]
    public async Task Many_queues_come_and_go()
    {
        var storage = Create();
        var worker = await StartAsync(storage);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 400; i++)
                await storage.InsertAsync(Job(queue: $"tenant-{round}-{i}"), null, default);

            var claimed = await worker.ClaimAsync(1000);
            Assert.Equal(400, claimed.Count);
            await worker.ExchangeAsync(0, claimed.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
            await storage.MaintainAsync(new MaintenanceRequest(null, 3, TimeSpan.FromDays(1)), default);
        }

        Assert.Empty(storage.FindInvariantViolations());
    }

    [Fact]
    public async Task Ids_lead_to_their_jobs_however_many_have_come_and_gone()
    {
        var storage = Create(maxFinished: 10);
        var worker = await StartAsync(storage);
        var old = (await InsertAsync(storage, delay: TimeSpan.FromDays(1))).Id;
        var last = old;
        for (var i = 0; i < 40; i++)
        {
            foreach (var job in await storage.InsertManyAsync([.. Enumerable.Repeat(Job(), 1000)], null, default))
                last = job.Id;

            await worker.ExchangeAsync(0, (await worker.ClaimAsync(1000)).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        }

        Assert.True(await ExistsAsync(storage, old));
        Assert.True(await ExistsAsync(storage, last));
        Assert.Equal(11, await storage.CountAsync(new JobFilter(), default));
        Assert.Empty(storage.FindInvariantViolations());
    }

    private static JobRecord Job(string queue = "default", string? key = null, TimeSpan delay = default) => new()
    {
        Name = "work",
        Queue = queue,
        Payload = [],
        Policy = JobPolicy.Default,
        Delay = delay,
        Details = key is null ? null : new JobDetails { IdempotencyKey = key },
    };

    private static async Task<InsertedJob> InsertAsync(InMemoryStorage storage, string? key = null, TimeSpan delay = default) =>
        await storage.InsertAsync(Job(key: key, delay: delay), null, default);

    private static async Task<bool> ExistsAsync(InMemoryStorage storage, JobId id) => await storage.GetAsync(id, JobParts.None, default) is not null;

    private static async Task<TestWorker> StartAsync(InMemoryStorage storage)
    {
        var worker = new TestWorker(storage, "w", ["work"], null, TimeSpan.FromDays(1000));
        await worker.HeartbeatAsync();
        return worker;
    }

    private InMemoryStorage Create(int maxFinished = 10_000) => new(_time, new InMemoryOptions { MaxFinished = maxFinished });
}
