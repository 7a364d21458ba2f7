using System.Net;
using System.Net.Sockets;
using Jobs.Http.Pushing;
using Jobs.Testing;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Jobs that one process keeps and another one runs.</summary>
public partial class PushTests
{
    private static readonly ScriptedInput _input = new("hello");

    private static CancellationToken Cancellation => TestService.Cancellation;

    [Fact]
    public async Task A_pushed_job_runs_at_the_receiver_with_all_that_it_carries()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var service = await PushReceiver.PushingAsync(receiver.Address);
        receiver.Script.Run = static async (context, cancellationToken) =>
        {
            await Task.Yield();
            return $"{context.JobId} {context.JobName} {context.Queue} {context.Attempt}/{context.MaxAttempts} {context.Tags[0]} {context.Metadata["tenant"]} {context.Services.GetService<Script>() is not null}";
        };

        var job = await service.Jobs.Scripted.EnqueueAsync(_input, new() { Tags = ["red"], Metadata = new Dictionary<string, string> { ["tenant"] = "t" }, MaxAttempts = 5 }, Cancellation);

        Assert.Equal($"{job.Id} scripted pushed 1/5 red t True", await job.WaitForResultAsync(Cancellation));
    }

    [Fact]
    public async Task Progress_and_log_are_there_while_the_handler_still_runs()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var service = await PushReceiver.PushingAsync(receiver.Address);
        var gate = new TaskCompletionSource();
        receiver.Script.Run = async (context, cancellationToken) =>
        {
            await context.ReportProgressAsync(40, "nearly half", cancellationToken);
            Hello(context.Logger);
            await gate.Task.WaitAsync(cancellationToken);
            return "done";
        };

        var job = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
        await foreach (var line in service.Manager.ReadLogsAsync(job.Id, follow: true, cancellationToken: Cancellation))
        {
            Assert.Equal("Hello from afar", line.Message);
            break;
        }

        var now = await SeeAsync(job, static now => now.Progress is not null);
        Assert.Equal((JobStatus.Running, 40d, "nearly half"), (now.Status, now.Progress, now.ProgressMessage));
        gate.SetResult();
        Assert.Equal("done", await job.WaitForResultAsync(Cancellation));
    }

    [Theory]
    [InlineData("throw", FailureReason.HandlerError, 2, "It threw.")]
    [InlineData("fail", FailureReason.NonRetryable, 1, "It gave up.")]
    [InlineData("retry", FailureReason.HandlerError, 2, "Not yet.")]
    [InlineData("late", FailureReason.Timeout, 2, "ran longer than its timeout")]
    [InlineData("complete", FailureReason.HandlerError, 2, "held by another one")]
    [InlineData("step", FailureReason.HandlerError, 2, "has no steps and waits here")]
    [InlineData("wait", FailureReason.HandlerError, 2, "has no steps and waits here")]
    [InlineData("throw after progress", FailureReason.HandlerError, 2, "It threw.")]
    public async Task However_the_handler_ends_the_job_ends_as_it_would_have_here(string how, FailureReason reason, int attempts, string message)
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var service = await PushReceiver.PushingAsync(receiver.Address);
        receiver.Script.Run = async (context, cancellationToken) =>
        {
            switch (how)
            {
                case "fail":
                    throw context.Fail("It gave up.");
                case "retry":
                    throw context.RetryAfter(TimeSpan.FromMilliseconds(1), "Not yet.");
                case "late":
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    break;
                case "complete":
                    await using (var transaction = new NoTransaction())
                    {
                        await context.CompleteAsync(transaction, cancellationToken);
                    }

                    break;
                case "step":
                    await context.StepAsync("one", static _ => Task.FromResult(1), cancellationToken);
                    break;
                case "wait":
                    await context.WaitAsync("pause", "1h", cancellationToken);
                    break;
                case "throw after progress":
                    await context.ReportProgressAsync(1, cancellationToken: cancellationToken);
                    break;
                default:
                    break;
            }

            throw new InvalidOperationException("It threw.");
        };

        var job = await service.Jobs.Scripted.EnqueueAsync(_input, how == "late" ? new() { Timeout = "50ms" } : null, Cancellation);
        var failed = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForResultAsync(Cancellation));

        Assert.Equal((reason, attempts), (failed.Reason, failed.Job.Attempts.Count));
        Assert.Contains(message, failed.Job.Error, StringComparison.Ordinal);
        Assert.All(failed.Job.Attempts, attempt => Assert.Equal(reason, attempt.Reason));
        if (how == "throw")
        {
            Assert.Equal(typeof(InvalidOperationException).FullName, failed.Job.Attempts[0].ErrorType);
            Assert.Contains(nameof(PushTests), failed.Job.Attempts[0].StackTrace, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_snoozed_job_comes_back_without_having_used_an_attempt()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var service = await PushReceiver.PushingAsync(receiver.Address);
        var runs = 0;
        receiver.Script.Run = (context, _) => Interlocked.Increment(ref runs) < 3 ? throw context.Snooze(TimeSpan.FromMilliseconds(1)) : new($"attempt {context.Attempt}");

        var job = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);

        Assert.Equal("attempt 1", await job.WaitForResultAsync(Cancellation));
    }

    [Fact]
    public async Task Cancelling_the_job_cancels_the_handler_at_the_receiver()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var service = await PushReceiver.PushingAsync(receiver.Address);
        TaskCompletionSource entered = new(), cancelled = new();
        receiver.Script.Run = async (_, cancellationToken) =>
        {
            entered.TrySetResult();
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "never";
        };

        var job = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
        await entered.Task.WaitAsync(Cancellation);
        await job.CancelAsync(Cancellation);

        await cancelled.Task.WaitAsync(Cancellation);
        await Assert.ThrowsAsync<JobCancelledException>(() => job.WaitForResultAsync(Cancellation));
    }

    [Fact]
    public void A_request_waits_for_as_long_as_the_handler_asked_for()
    {
        var time = new ManualTimeProvider();
        using var limit = new PushLimit(TimeSpan.FromSeconds(10), time);
        time.Advance(TimeSpan.FromSeconds(9));
        limit.Extend(TimeSpan.FromMinutes(1));

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(limit.IsReached);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limit.IsReached);
    }

    [Fact]
    public async Task No_more_jobs_are_at_the_receiver_than_the_dispatcher_may_have_there()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var service = await PushReceiver.PushingAsync(receiver.Address, static push => push.MaxConcurrency = 2);
        int running = 0, most = 0;
        receiver.Script.Run = async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return "done";
        };

        var jobs = await service.Jobs.Scripted.EnqueueManyAsync(Enumerable.Repeat(_input, 30), cancellationToken: Cancellation);
        await Task.WhenAll(jobs.Select(static job => job.WaitForResultAsync(Cancellation)));

        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task What_the_receiver_has_no_room_for_comes_again_without_having_used_an_attempt()
    {
        await using var receiver = await PushReceiver.StartAsync(static worker => worker.MaxConcurrency = 1);
        await using var service = await PushReceiver.PushingAsync(receiver.Address);
        TaskCompletionSource entered = new(), gate = new();
        receiver.Script.Run = async (context, _) =>
        {
            entered.TrySetResult();
            await gate.Task.WaitAsync(Cancellation);
            return $"attempt {context.Attempt}";
        };

        var first = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
        await entered.Task.WaitAsync(Cancellation);
        var second = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
        await SeeAsync(second, static now => now.Attempts.Any(static attempt => attempt.EndedAt is not null));
        gate.SetResult();

        Assert.Equal("attempt 1", await first.WaitForResultAsync(Cancellation));
        Assert.Equal("attempt 1", await second.WaitForResultAsync(Cancellation));
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_costs_no_attempt()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/worker");
        await using var service = await PushReceiver.PushingAsync(address);
        var job = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
        await SeeAsync(job, static now => now.Attempts.Any(static attempt => attempt.EndedAt is not null));

        await using var receiver = await PushReceiver.StartAsync(address: address.GetLeftPart(UriPartial.Authority));
        receiver.Script.Run = static (context, _) => new($"attempt {context.Attempt}");

        Assert.Equal("attempt 1", await job.WaitForResultAsync(Cancellation));
    }

    [Fact]
    public async Task A_receiver_that_stops_gives_its_jobs_back()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/worker");
        await using var service = await PushReceiver.PushingAsync(address);
        var entered = new TaskCompletionSource();
        JobHandle<string> job;
        await using (var receiver = await PushReceiver.StartAsync(address: address.GetLeftPart(UriPartial.Authority)))
        {
            receiver.Script.Run = async (_, cancellationToken) =>
            {
                entered.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return "never";
            };
            job = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
            await entered.Task.WaitAsync(Cancellation);
            await receiver.StopAsync();
        }

        await using var next = await PushReceiver.StartAsync(address: address.GetLeftPart(UriPartial.Authority));
        next.Script.Run = static (context, _) => new($"attempt {context.Attempt}");

        Assert.Equal("attempt 1", await job.WaitForResultAsync(Cancellation));
    }

    [Theory]
    [InlineData(422, FailureReason.NonRetryable, 1)]
    [InlineData(489, FailureReason.NonRetryable, 1)]
    [InlineData(413, FailureReason.NonRetryable, 1)]
    [InlineData(500, FailureReason.HandlerError, 2)]
    [InlineData(502, FailureReason.HandlerError, 2)]
    public async Task A_receiver_of_another_kind_says_by_its_status_what_becomes_of_the_job(int status, FailureReason reason, int attempts)
    {
        await using var receiver = await Receiver.StartAsync((HttpStatusCode)status);
        await using var service = await PushReceiver.PushingAsync(receiver.Address);

        var job = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
        var failed = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForResultAsync(Cancellation));

        Assert.Equal((reason, attempts), (failed.Reason, failed.Job.Attempts.Count));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task What_a_receiver_puts_off_or_does_not_take_is_delivered_again_with_an_id_of_its_own(int status)
    {
        await using var receiver = await Receiver.StartAsync((HttpStatusCode)status, HttpStatusCode.UnprocessableEntity);
        await using var service = await PushReceiver.PushingAsync(receiver.Address);

        var job = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
        var first = await receiver.ReceiveAsync();
        var second = await receiver.ReceiveAsync();

        Assert.Equal((1, 1), (first.Body["attempt"]!.GetValue<int>(), second.Body["attempt"]!.GetValue<int>()));
        Assert.NotEqual(first.Headers["webhook-id"], second.Headers["webhook-id"]);
        await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForResultAsync(Cancellation));
    }

    [Fact]
    public async Task A_result_that_is_not_one_of_the_job_fails_the_attempt()
    {
        await using var receiver = await Receiver.StartAsync(HttpStatusCode.OK);
        await using var service = await PushReceiver.PushingAsync(receiver.Address);

        var job = await service.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation);
        var failed = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForResultAsync(Cancellation));

        Assert.Equal(FailureReason.HandlerError, failed.Reason);
        Assert.Contains("result", failed.Job.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/worker", "https")]
    [InlineData("https://127.0.0.1/worker", "public internet")]
    [InlineData("https://user:secret@example.com/worker", "password")]
    [InlineData("ftp://example.com/worker", "https")]
    public async Task An_address_that_is_not_allowed_is_refused_at_start(string address, string reason)
    {
        var refused = await Assert.ThrowsAsync<JobException>(() => PushReceiver.PushingAsync(new Uri(address), environment: "Production"));

        Assert.Equal(JobErrorCodes.Configuration, refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_is_pushed_or_taken_but_not_both()
    {
        var refused = await Assert.ThrowsAsync<JobException>(() => TestService.StartAsync(jobs: static jobs => jobs
            .UseInMemory()
            .Worker(static worker => worker.Queues.Add("pushed"))
            .PushTo("pushed", new Uri("https://example.com"), static push => push.Secrets.Add(PushReceiver.Secret))));

        Assert.Contains("'pushed'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_without_storage_says_so_when_it_is_asked_to_keep_a_job()
    {
        await using var receiver = await PushReceiver.StartAsync();

        var refused = await Assert.ThrowsAsync<JobException>(async () => await receiver.Jobs.Scripted.EnqueueAsync(_input, cancellationToken: Cancellation));

        Assert.Equal(JobErrorCodes.NotSupported, refused.Code);
    }

    /// <summary>The first state of a job that is as it should be.</summary>
    private static async Task<JobSnapshot> SeeAsync(JobHandle job, Func<JobSnapshot, bool> isRight)
    {
        await foreach (var now in job.WatchAsync("20ms", cancellationToken: Cancellation))
        {
            if (isRight(now))
            {
                return now;
            }
        }

        throw new InvalidOperationException("The job has ended.");
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var now && now == seen ? value : now;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Hello from afar")]
    private static partial void Hello(ILogger logger);
}
