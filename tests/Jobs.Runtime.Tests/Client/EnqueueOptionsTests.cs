using Jobs.Metadata;
using Jobs.Storage;
using Xunit;

namespace Jobs.Runtime.Tests.Client;

public sealed class EnqueueOptionsTests
{
    public static TheoryData<string, EnqueueOptions, string> Refusals => new()
    {
        { "queue", new() { Queue = "a b" }, "EnqueueOptions.Queue is refused: 'a b' is not a queue's name: it contains ' '; letters, digits, '-', '_', '.', ':' and '/' are allowed. Nothing was stored." },
        { "empty queue", new() { Queue = string.Empty }, "EnqueueOptions.Queue is refused: '' is not a queue's name: it is empty. Nothing was stored." },
        { "no attempts", new() { MaxAttempts = 0 }, "EnqueueOptions.MaxAttempts is refused: 0 is not from 1 to 1000. Nothing was stored." },
        { "absurd attempts", new() { MaxAttempts = 1001 }, "EnqueueOptions.MaxAttempts is refused: 1001 is not from 1 to 1000. Nothing was stored." },
        { "jitter", new() { Jitter = 1.5 }, "EnqueueOptions.Jitter is refused: 1.5 is not from 0 to 1. Nothing was stored." },
        { "no number", new() { Jitter = double.NaN }, "EnqueueOptions.Jitter is refused: NaN is not from 0 to 1. Nothing was stored." },
        { "timeout", new() { Timeout = "0s" }, "EnqueueOptions.Timeout is refused: it must be more than zero; leave it out for no limit. Nothing was stored." },
        { "backoff", new() { Backoff = (BackoffKind)77 }, "EnqueueOptions.Backoff is refused: 77 is not a kind of backoff. Nothing was stored." },
        { "run at", new() { RunAt = DateTimeOffset.MaxValue }, "EnqueueOptions.RunAt is refused: 9999-12-31T23:59:59.9999999+00:00 is too far away. Nothing was stored." },
        { "delay", new() { Delay = "365001d" }, "EnqueueOptions.Delay is refused: 365001d is longer than 1,000 years. Nothing was stored." },
        { "backoff delay", new() { BackoffDelay = "365001d" }, "EnqueueOptions.BackoffDelay is refused: 365001d is longer than 1,000 years. Nothing was stored." },
        { "max backoff delay", new() { MaxBackoffDelay = "365001d" }, "EnqueueOptions.MaxBackoffDelay is refused: 365001d is longer than 1,000 years. Nothing was stored." },
        { "long timeout", new() { Timeout = "365001d" }, "EnqueueOptions.Timeout is refused: 365001d is longer than 1,000 years. Nothing was stored." },
        { "retain completed", new() { RetainCompleted = "365001d" }, "EnqueueOptions.RetainCompleted is refused: 365001d is longer than 1,000 years. Nothing was stored." },
        { "retain failed", new() { RetainFailed = "365001d" }, "EnqueueOptions.RetainFailed is refused: 365001d is longer than 1,000 years. Nothing was stored." },
        { "key", new() { IdempotencyKey = string.Empty }, "EnqueueOptions.IdempotencyKey is refused: it is empty; leave it null. Nothing was stored." },
        { "long key", new() { IdempotencyKey = new string('k', 201) }, "EnqueueOptions.IdempotencyKey is refused: it has 201 characters, 200 are allowed. Nothing was stored." },
        { "nul in key", new() { IdempotencyKey = "a\0b" }, "EnqueueOptions.IdempotencyKey is refused: it contains the character U+0000. Nothing was stored." },
        { "submitter", new() { Submitter = new string('s', 201) }, "EnqueueOptions.Submitter is refused: it has 201 characters, 200 are allowed. Nothing was stored." },
        { "many tags", new() { Tags = [.. Enumerable.Range(0, 33).Select(static i => $"t{i}")] }, "EnqueueOptions.Tags is refused: there are 33, 32 are allowed. Nothing was stored." },
        { "null tag", new() { Tags = [null!] }, "EnqueueOptions.Tags is refused: one of them is null. Nothing was stored." },
        { "long tag", new() { Tags = [new string('t', 101)] }, "EnqueueOptions.Tags is refused: it has 101 characters, 100 are allowed. Nothing was stored." },
        { "much metadata", new() { Metadata = Enumerable.Range(0, 65).ToDictionary(static i => $"k{i}", static _ => "v") }, "EnqueueOptions.Metadata is refused: there are 65 pairs, 64 are allowed. Nothing was stored." },
        { "long metadata", new() { Metadata = new Dictionary<string, string> { ["k"] = new string('v', 4001) } }, "EnqueueOptions.Metadata is refused: the value of 'k' is 4001 characters long, 4000 are allowed. Nothing was stored." },
        { "null metadata", new() { Metadata = new Dictionary<string, string> { ["k"] = null! } }, "EnqueueOptions.Metadata is refused: the value of 'k' is null. Nothing was stored." },
        { "nul in metadata", new() { Metadata = new Dictionary<string, string> { ["k"] = "\0" } }, "EnqueueOptions.Metadata is refused: it contains the character U+0000. Nothing was stored." },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_be_is_refused_with_a_message_that_says_what_to_change(string what, EnqueueOptions options, string message)
    {
        _ = what;
        await using var host = TestHost.Build([new TestAssembly().Add("job", static (_, _) => Task.CompletedTask)]);
        var refusal = await Assert.ThrowsAsync<JobException>(async () => await host.Client("job").EnqueueAsync(options));
        Assert.Equal((JobErrorCodes.InvalidOption, message), (refusal.Code, refusal.Message));
        Assert.Equal(0, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task A_call_wins_over_the_job_the_job_over_the_queue_and_the_queue_over_the_product()
    {
        var all = new JobDefaults { Queue = "own", Priority = 4, MaxAttempts = 5, Backoff = BackoffKind.Fixed, BackoffDelay = "3s", MaxBackoffDelay = "9s", Jitter = 0.5, Timeout = "7s", RetainCompleted = "2h", RetainFailed = "3h" };
        await using var host = TestHost.Build(
            [new TestAssembly().Add("full", static (_, _) => Task.CompletedTask, all).Add("bare", static (_, _) => Task.CompletedTask, new JobDefaults { Queue = "tuned" }).Add("plain", static (_, _) => Task.CompletedTask)],
            static jobs => jobs.Queue("tuned", static queue => (queue.MaxAttempts, queue.Timeout) = (8, "1m")).Queue("own", static queue => (queue.MaxAttempts, queue.Timeout) = (9, "2m")));
        var call = new EnqueueOptions { Queue = "called", Priority = 1, MaxAttempts = 2, Backoff = BackoffKind.Linear, BackoffDelay = "1s", MaxBackoffDelay = "2s", Jitter = 0, Timeout = "3s", RetainCompleted = "4s", RetainFailed = "5s" };

        var fromCall = await RecordAsync(host, "full", call);
        Assert.Equal(("called", 1), (fromCall.Queue, fromCall.Priority));
        Assert.Equal("attempts=2 backoff=Linear max-delay=2s jitter=0 timeout=3s keep=4s keep-failed=5s", fromCall.Policy.Format());

        var fromJob = await RecordAsync(host, "full", null);
        Assert.Equal(("own", 4), (fromJob.Queue, fromJob.Priority));
        Assert.Equal("attempts=5 backoff=Fixed delay=3s max-delay=9s jitter=0.5 timeout=7s keep=2h keep-failed=3h", fromJob.Policy.Format());

        Assert.Equal("attempts=8 timeout=1m", (await RecordAsync(host, "bare", null)).Policy.Format());
        Assert.Equal("attempts=8 timeout=1m", (await RecordAsync(host, "plain", new() { Queue = "tuned" })).Policy.Format());
        Assert.Equal(string.Empty, (await RecordAsync(host, "plain", null)).Policy.Format());
        Assert.Equal(("default", 0), ((await RecordAsync(host, "plain", null)).Queue, (await RecordAsync(host, "plain", null)).Priority));
    }

    [Fact]
    public async Task RunAt_wins_over_delay_and_a_delay_of_zero_is_now()
    {
        await using var host = TestHost.Build([new TestAssembly().Add("job", static (_, _) => Task.CompletedTask)]);
        var at = new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(at, (await (await host.Client("job").EnqueueAsync(new() { RunAt = at, Delay = "1h" })).GetStatusAsync()).RunAt);
        Assert.False((await (await host.Client("job").EnqueueAsync(new() { Delay = "0s" })).GetStatusAsync()).IsDelayed);
    }

    [Fact]
    public async Task Everything_else_is_kept_with_the_job()
    {
        await using var host = TestHost.Build([new TestAssembly().Add("job", static (_, _) => Task.CompletedTask)]);
        var metadata = new Dictionary<string, string> { ["k"] = "v" };
        var options = new EnqueueOptions { Id = JobId.From("mine"), IdempotencyKey = "once", Submitter = "me", Tags = ["a", "b", "a"], Metadata = metadata };
        var handle = await host.Client("job").EnqueueAsync(options);
        metadata["k"] = "changed afterwards";
        var status = await handle.GetStatusAsync();
        Assert.Equal((JobId.From("mine"), "once", "me", "v"), (status.Id, status.IdempotencyKey, status.Submitter, status.Metadata["k"]));
        Assert.Equal(["a", "b"], status.Tags);
        Assert.True((await host.Client("job").EnqueueAsync(options)).WasDeduplicated);
    }

    /// <summary>What is stored, as the worker of another container would get it.</summary>
    private static async Task<JobRecord> RecordAsync(TestHost host, string name, EnqueueOptions? options)
    {
        await host.Client(name).EnqueueAsync(options);
        await host.Storage.HeartbeatAsync(new WorkerHeartbeat("w", "h", null, TimeSpan.FromMinutes(1), [name], []), default);
        var exchange = new WorkExchange { WorkerId = "w", MaxJobs = 1, Names = [name] };
        await host.Storage.ExchangeAsync(exchange, default);
        return Assert.Single(exchange.Claimed).Record;
    }
}
