using Jobs.InMemory;
using Jobs.Metadata;
using Jobs.Storage;
using Xunit;

namespace Jobs.Runtime.Tests.Fetching;

public sealed class StorageFailureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_outcome_whose_exchange_failed_is_sent_again(bool beforeItHappened)
    {
        var failures = 3;
        var mayFail = false;
        var runs = 0;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", (input, _, _) =>
        {
            Interlocked.Increment(ref runs);
            Volatile.Write(ref mayFail, true);
            return new(input);
        }));
        Task Fail(string call) => call == nameof(IJobStorage.ExchangeAsync) && Volatile.Read(ref mayFail) && Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("the line is dead") : Task.CompletedTask;
        host.Storage.Before = beforeItHappened ? Fail : null;
        host.Storage.After = beforeItHappened ? null : Fail;
        Assert.Equal(9, await (await host.Client<int, int>("job").EnqueueAsync(9)).WaitForResultAsync().SoonAsync());
        await TestHost.EventuallyAsync(() => host.Logs.Of(20).Count() == 3, "each failure is logged");
        Assert.Equal(1, runs);
        if (!beforeItHappened)
        {
            await TestHost.EventuallyAsync(() => host.Logs.Of(18).Any(), "the log does not claim to know what became of it");
            Assert.Empty(host.Logs.Of(13));
        }
    }

    [Fact]
    public async Task A_result_that_was_removed_at_once_and_whose_answer_was_lost_still_reaches_the_waiter()
    {
        var isLost = 0;
        var hasRun = false;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", (input, _, _) => { hasRun = true; return new(input); }, new JobDefaults { RetainCompleted = "0s" }));
        host.Storage.After = call => call == nameof(IJobStorage.ExchangeAsync) && hasRun && Interlocked.Exchange(ref isLost, 1) == 0 ? throw new IOException("lost") : Task.CompletedTask;
        Assert.Equal(4, await (await host.Client<int, int>("job").EnqueueAsync(4)).WaitForResultAsync().SoonAsync());
    }

    [Fact]
    public async Task Jobs_claimed_by_an_answer_that_was_lost_are_given_back_and_run()
    {
        var losses = 1;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", static (input, _, _) => new(input)));
        host.Storage.OnExchanged = exchange =>
        {
            if (exchange.Claimed.Count > 0 && Interlocked.Decrement(ref losses) >= 0)
            {
                throw new IOException("lost");
            }
        };
        var handle = await host.Client<int, int>("job").EnqueueAsync(1);
        Assert.Equal(1, await handle.WaitForResultAsync().SoonAsync());
        var status = await handle.GetStatusAsync();
        Assert.Equal(1, status.Attempt);
        Assert.Equal(2, status.Attempts.Count);
        Assert.True(host.Storage.Calls[nameof(IJobStorage.ReleaseUnknownAsync)] >= 1);
    }

    [Fact]
    public async Task After_a_lost_answer_what_the_worker_does_not_know_is_given_back_again_a_lease_later()
    {
        var losses = 1;
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<int, int>("job", static (input, _, _) => new(input)),
            static jobs => jobs.Worker(static worker => (worker.LeaseDuration, worker.HeartbeatInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(200))),
            time: null);
        host.Storage.OnExchanged = exchange =>
        {
            if (exchange.Claimed.Count > 0 && Interlocked.Decrement(ref losses) >= 0)
            {
                throw new IOException("lost");
            }
        };
        await (await host.Client<int, int>("job").EnqueueAsync(1)).WaitForResultAsync().SoonAsync();

        await TestHost.EventuallyAsync(() => host.Storage.Calls[nameof(IJobStorage.ReleaseUnknownAsync)] >= 2, "an exchange may commit after this side gave up on it");
    }

    [Fact]
    public async Task Room_that_was_set_aside_for_a_failed_claim_comes_back()
    {
        var failures = 50;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", static (input, _, _) => new(input), new JobDefaults { MaxConcurrency = 1 }), static jobs => jobs.Worker(static worker => worker.Concurrency = 2), time: null);
        host.Storage.Before = call => call == nameof(IJobStorage.ExchangeAsync) && Interlocked.Decrement(ref failures) >= 48 ? throw new IOException("down") : Task.CompletedTask;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(i, await (await host.Client<int, int>("job").EnqueueAsync(i)).WaitForResultAsync().SoonAsync());
        }
    }

    [Fact]
    public async Task A_job_that_the_storage_should_not_have_given_is_given_back_and_the_worker_lives_on()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", static (input, _, _) => new(input)));
        var strange = default(JobId);
        host.Storage.OnExchanged = exchange =>
        {
            if (exchange.Claimed.Count > 0 && strange == default)
            {
                var claimed = exchange.Claimed[0];
                strange = claimed.Id;
                exchange.Claimed[0] = claimed with { Record = new StoredJob(claimed.Id, claimed.CreatedAt, new JobKind("strange", "default", 0, JobPolicy.Default), []) };
            }
        };
        var first = await host.Client<int, int>("job").EnqueueAsync(1);
        await TestHost.EventuallyAsync(() => host.Logs.Of(19).Any(), "the mistake is logged");
        Assert.Equal(2, await (await host.Client<int, int>("job").EnqueueAsync(2)).WaitForResultAsync().SoonAsync());
        await TestHost.EventuallyAsync(() => first.GetStatusAsync().AsTask().Result.Status == JobStatus.Pending, "the job is given back");
        Assert.NotNull((await first.GetStatusAsync()).NextAttemptAt);
    }

    [Fact]
    public async Task A_log_that_throws_loses_no_job()
    {
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<int, int>("job", static (input, _, _) => input < 0 ? throw new InvalidOperationException("bad") : new(input), new JobDefaults { BackoffDelay = "0s" }),
            static jobs => jobs.Worker(static worker => worker.Concurrency = 1),
            static services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider, BrokenLog>(services));
        for (var i = -5; i < 5; i++)
        {
            var job = await (await host.Client<int, int>("job").EnqueueAsync(i)).EndAsync();
            Assert.Equal(i < 0 ? JobStatus.Failed : JobStatus.Completed, job.Status);
        }
    }

    [Fact]
    public async Task A_storage_that_prefers_several_exchanges_and_lingering_outcomes_is_served_all_the_same()
    {
        var storage = new FaultyStorage(new InMemoryStorage(TimeProvider.System, new InMemoryOptions()));
        storage.OtherCapabilities = storage.Inner.Capabilities with { ExchangeConcurrency = 4, OutcomeLinger = TimeSpan.FromMilliseconds(2) };
        storage.Before = static async _ => await Task.Yield();
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<int>("job", static async (_, context, _) => { await context.ReportProgressAsync(50, "half", CancellationToken.None); await Task.Yield(); }),
            static jobs => jobs.Worker(static worker => worker.Concurrency = 128),
            storage: storage);
        var handles = await host.Client<int>("job").EnqueueManyAsync(Enumerable.Range(0, 1000));
        await Task.WhenAll(handles.Select(static handle => handle.WaitForCompletionAsync())).SoonAsync();
        foreach (var handle in handles)
        {
            Assert.Equal((50.0, 1), ((await handle.GetStatusAsync()).Progress, (await handle.GetStatusAsync()).Attempt));
        }
    }

    private sealed class BrokenLog : Microsoft.Extensions.Logging.ILoggerProvider, Microsoft.Extensions.Logging.ILogger
    {
        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => categoryName == "Jobs" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new IOException("no space left");

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw new IOException("no space left");

        public void Dispose()
        {
        }
    }
}
