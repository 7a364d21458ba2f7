using System.Text;
using Jobs.InMemory;
using Jobs.Metadata;
using Jobs.Storage;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

/// <summary>Two versions of an application on one storage, as in a rolling deployment.</summary>
public sealed class OtherVersionTests
{
    [Fact]
    public async Task A_payload_that_this_version_cannot_read_is_left_to_one_that_can()
    {
        var time = new ManualTimeProvider();
        var storage = new FaultyStorage(new InMemoryStorage(time, new InMemoryOptions()));
        await using var old = await StartAsync("1", canRead: false, storage, time);
        await using var current = await StartAsync("2", canRead: true, storage, time);

        var jobs = new List<JobId>();
        for (var i = 0; i < 20; i++)
        {
            jobs.Add(await InsertAsync(storage));
        }

        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => jobs.TrueForAll(id => Get(storage, id).Status == JobStatus.Completed), "all are completed by the version that can");
        Assert.All(jobs, id => Assert.Equal(1, Get(storage, id).Attempt));
    }

    [Fact]
    public async Task A_payload_that_no_version_can_read_fails_in_the_end()
    {
        var time = new ManualTimeProvider();
        var storage = new FaultyStorage(new InMemoryStorage(time, new InMemoryOptions()));
        await using var old = await StartAsync("1", canRead: false, storage, time);
        await using var current = await StartAsync("2", canRead: false, storage, time);
        var id = await InsertAsync(storage);

        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => Get(storage, id).Status == JobStatus.Failed, "it fails");
        Assert.Equal(FailureReason.InvalidPayload, Get(storage, id).FailureReason);
        Assert.Contains(Get(storage, id).Attempts, attempt => attempt.Reason == FailureReason.None);
    }

    [Fact]
    public async Task Workers_of_the_same_version_are_no_help()
    {
        var time = new ManualTimeProvider();
        var storage = new FaultyStorage(new InMemoryStorage(time, new InMemoryOptions()));
        await using var first = await StartAsync("1", canRead: false, storage, time);
        await using var second = await StartAsync("1", canRead: false, storage, time);
        var id = await InsertAsync(storage);

        await TestHost.EventuallyAsync(() => Get(storage, id).Status == JobStatus.Failed, "it fails at once");
        Assert.Single(Get(storage, id).Attempts);
    }

    private static Task<TestHost> StartAsync(string version, bool canRead, FaultyStorage storage, ManualTimeProvider time)
    {
        var job = TestJob.Of<string, int>("job", static (_, _, _) => new(1), new JobDefaults(), validate: (_, _) => canRead ? [] : [new(string.Empty, "It is of another form.", "Form")]);
        return TestHost.StartAsync(new TestAssembly().Add(job), options => options.Worker(worker => worker.Version = version), time: time, storage: storage);
    }

    private static async Task<JobId> InsertAsync(FaultyStorage storage) =>
        (await storage.InsertAsync(new JobRecord { Name = "job", Queue = "default", Payload = Encoding.UTF8.GetBytes("\"text\""), Policy = JobPolicy.Default }, null, default)).Id;

    private static JobSnapshot Get(FaultyStorage storage, JobId id) => storage.GetAsync(id, JobParts.None, default).AsTask().GetAwaiter().GetResult()!;
}
