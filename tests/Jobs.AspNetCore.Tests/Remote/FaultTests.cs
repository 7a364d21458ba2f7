using Jobs.Testing;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>A remote client on a bad network: what is repeated is never enqueued twice.</summary>
public class FaultTests
{
    private static CancellationToken Cancellation => TestService.Cancellation;

    [Theory]
    [InlineData(Fault.LoseRequest)]
    [InlineData(Fault.LoseResponse)]
    [InlineData(Fault.TooBusy)]
    [InlineData(Fault.BadGateway)]
    [InlineData(Fault.LoseResponse, Fault.LoseRequest, Fault.TooBusy, Fault.LoseResponse)]
    public async Task A_job_is_enqueued_once_whatever_is_lost(params Fault[] faults)
    {
        await using var service = await TestService.StartAsync();
        var handler = new FaultyHandler();
        await using var client = RemoteApplication.Create(service, handler);
        var jobs = client.GetRequiredService<JobClient>();
        EnqueueOptions[] options = [new(), new() { IdempotencyKey = "k" }, new() { IdempotencyKey = "r", OnDuplicate = OnDuplicate.Replace }, new() { IdempotencyKey = "d", OnDuplicate = OnDuplicate.Debounce }];

        foreach (var (one, count) in options.Select((one, index) => (one with { Delay = "1h" }, index + 1)))
        {
            handler.Add(faults);
            var handle = await jobs.Greet.EnqueueAsync(new("Ada"), one, Cancellation);

            Assert.False(handle.WasDeduplicated);
            Assert.Equal(JobStatus.Pending, (await handle.GetStatusAsync(Cancellation)).Status);
            Assert.Equal(count, await service.Manager.CountAsync(new(), Cancellation));
        }
    }

    [Fact]
    public async Task Many_jobs_are_enqueued_once_when_the_answer_is_lost()
    {
        await using var service = await TestService.StartAsync();
        await using var client = RemoteApplication.Create(service, new FaultyHandler(Fault.LoseResponse, Fault.LoseRequest, Fault.BadGateway));

        var handles = await client.GetRequiredService<JobClient>().Hold.EnqueueManyAsync(["a", "b", "c"], new() { Delay = "1h" }, Cancellation);

        Assert.All(handles, handle => Assert.False(handle.WasDeduplicated));
        Assert.Equal(3, await service.Manager.CountAsync(new(), Cancellation));
    }

    [Fact]
    public async Task A_job_that_was_there_before_is_met_even_when_the_answer_is_lost()
    {
        await using var service = await TestService.StartAsync();
        var first = await service.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h", IdempotencyKey = "k" }, Cancellation);
        await using var client = RemoteApplication.Create(service, new FaultyHandler(Fault.LoseResponse));

        var second = await client.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), new() { IdempotencyKey = "k" }, Cancellation);

        Assert.Equal((first.Id, true), (second.Id, second.WasDeduplicated));
    }

    [Fact]
    public async Task When_the_attempts_are_used_up_the_call_fails_with_what_was_wrong()
    {
        await using var service = await TestService.StartAsync();
        var handler = new FaultyHandler(Fault.LoseRequest, Fault.LoseRequest, Fault.LoseRequest);
        await using var client = RemoteApplication.Create(service, handler, options => options.MaxAttempts = 3);

        var exception = await Assert.ThrowsAsync<JobException>(async () => await client.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), cancellationToken: Cancellation));

        Assert.Equal((JobErrorCodes.Storage, 3), (exception.Code, handler.Sent.Count));
        Assert.Contains("The request was lost. It was tried 3 times.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_service_is_left_alone_for_as_long_as_it_asks()
    {
        await using var service = await TestService.StartAsync();
        var time = new ManualTimeProvider();
        var handler = new FaultyHandler(Fault.TooBusy) { RetryAfter = TimeSpan.FromSeconds(20) };
        await using var client = RemoteApplication.Create(service, handler, options => options.AttemptTimeout = TimeSpan.FromHours(1), time);
        var enqueue = client.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h" }, Cancellation).AsTask();
        await service.UntilAsync(_ => handler.Sent.Count == 1);

        // Nobody tells when the pause begins, so the clock goes on until it is over: far shorter than an attempt may take.
        var waited = 0;
        for (; handler.Sent.Count < 2 && !enqueue.IsCompleted; waited++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
        }

        await enqueue;
        Assert.InRange(waited, 20, int.MaxValue);
        Assert.Equal(2, handler.Sent.Count);
    }

    [Fact]
    public async Task A_service_that_asks_for_more_patience_than_there_is_is_not_waited_for()
    {
        await using var service = await TestService.StartAsync();
        var handler = new FaultyHandler(Fault.TooBusy) { RetryAfter = TimeSpan.FromMinutes(10) };
        await using var client = RemoteApplication.Create(service, handler);

        var exception = await Assert.ThrowsAsync<JobException>(async () => await client.GetRequiredService<IJobManager>().CountAsync(new(), Cancellation));

        Assert.Contains("come back in 600 seconds", exception.Message, StringComparison.Ordinal);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_asked_again()
    {
        await using var service = await TestService.StartAsync();
        var calls = 0;
        var handler = new FaultyHandler { Before = cancellation => Interlocked.Increment(ref calls) == 1 ? Task.Delay(Timeout.Infinite, cancellation) : Task.CompletedTask };
        await using var client = RemoteApplication.Create(service, handler, options => options.AttemptTimeout = TimeSpan.FromSeconds(1));

        await client.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h" }, Cancellation);

        Assert.Equal(1, await service.Manager.CountAsync(new(), Cancellation));
    }

    [Fact]
    public async Task A_copy_is_not_asked_for_twice()
    {
        await using var service = await TestService.StartAsync();
        var job = await service.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h" }, Cancellation);
        var handler = new FaultyHandler(Fault.LoseResponse);
        await using var client = RemoteApplication.Create(service, handler);

        var exception = await Assert.ThrowsAsync<JobException>(async () => await client.GetRequiredService<IJobManager>().ResubmitAsync(job.Id, Cancellation));

        Assert.Contains("is not known", exception.Message, StringComparison.Ordinal);
        Assert.Equal((2, 1), (await service.Manager.CountAsync(new(), Cancellation), handler.Sent.Count));
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_told_as_done()
    {
        await using var service = await TestService.StartAsync();
        var handler = new FaultyHandler();
        await using var client = RemoteApplication.Create(service, handler);
        var (jobs, manager) = (client.GetRequiredService<JobClient>(), client.GetRequiredService<IJobManager>());
        var job = await jobs.Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h" }, Cancellation);

        foreach (var change in new Func<ValueTask<bool>>[] { () => manager.PromoteAsync(job.Id, Cancellation), () => manager.CancelAsync(job.Id, Cancellation), () => manager.RetryAsync(job.Id, Cancellation), () => manager.DeleteAsync(job.Id, Cancellation) })
        {
            // So that nothing else changes it meanwhile.
            await service.Manager.PauseAllAsync(Cancellation);
            handler.Add(Fault.LoseResponse);
            Assert.True(await change());
        }

        Assert.False(await manager.DeleteAsync(job.Id, Cancellation));
    }

    [Fact]
    public async Task An_enqueue_that_is_cancelled_on_the_way_still_tells_what_became_of_it()
    {
        await using var service = await TestService.StartAsync();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var client = RemoteApplication.Create(service, new FaultyHandler(Fault.LoseResponse) { Before = _ => cancelled.CancelAsync() });

        var handle = await client.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h" }, cancelled.Token);

        Assert.NotNull(await service.Manager.GetAsync(handle.Id, Cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), cancellationToken: cancelled.Token));
        Assert.Equal(1, await service.Manager.CountAsync(new(), Cancellation));
    }

    [Fact]
    public async Task A_log_that_breaks_off_is_followed_from_where_it_broke()
    {
        await using var service = await TestService.StartAsync();
        var job = await service.Jobs.Greet.EnqueueAsync(new("Ada", 5), cancellationToken: Cancellation);
        await job.WaitForResultAsync(Cancellation);
        using var handler = new BreakingHandler(lines: 2);
        await using var client = RemoteApplication.Create(service, handler);

        var entries = await client.GetRequiredService<IJobManager>().ReadLogsAsync(job.Id, follow: true, cancellationToken: Cancellation).ToListAsync(Cancellation);

        Assert.Equal([1, 2, 3, 4, 5], entries.Select(entry => entry.Line));
        Assert.Equal(3, handler.Streams);
    }

    [Fact]
    public async Task A_stream_from_which_nothing_comes_is_opened_anew()
    {
        await using var service = await TestService.StartAsync();
        var job = await service.Jobs.Greet.EnqueueAsync(new("Ada", 3), cancellationToken: Cancellation);
        await job.WaitForResultAsync(Cancellation);
        using var handler = new SilentHandler();
        await using var client = RemoteApplication.Create(service, handler, options => options.StreamIdleTimeout = TimeSpan.FromMilliseconds(300));

        var entries = await client.GetRequiredService<IJobManager>().ReadLogsAsync(job.Id, follow: true, cancellationToken: Cancellation).ToListAsync(Cancellation);

        Assert.Equal(3, entries.Count);
        Assert.InRange(handler.Streams, 2, int.MaxValue);
    }

    [Fact]
    public async Task Whoever_waits_waits_on_over_breaks_and_as_long_as_it_takes()
    {
        await using var service = await TestService.StartAsync();
        var handler = new FaultyHandler(Fault.None, Fault.LoseResponse, Fault.LoseRequest);
        await using var client = RemoteApplication.Create(service, handler, options => options.WaitTimeout = TimeSpan.FromMilliseconds(50));
        var job = await client.GetRequiredService<JobClient>().Hold.EnqueueAsync("x", cancellationToken: Cancellation);
        var waiting = job.WaitForResultAsync(Cancellation);
        await service.UntilAsync(_ => handler.Sent.Count > 6);

        service.Gate.Opened.SetResult();

        Assert.Equal("x", await waiting);
    }

    [Fact]
    public async Task A_token_is_asked_for_before_every_attempt()
    {
        await using var service = await TestService.StartAsync();
        var handler = new FaultyHandler(Fault.LoseRequest, Fault.TooBusy);
        var asked = 0;
        await using var client = RemoteApplication.Create(service, handler, options => options.AccessToken = (_, _) => new ValueTask<string?>($"t{Interlocked.Increment(ref asked)}"));

        await client.GetRequiredService<IJobManager>().CountAsync(new(), Cancellation);

        Assert.Equal(["Bearer t1", "Bearer t2", "Bearer t3"], handler.Sent.Select(sent => sent.Authorization));
    }
}
