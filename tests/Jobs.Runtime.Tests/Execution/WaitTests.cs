using System.Text.Json;
using Jobs.Metadata;
using Jobs.Storage;
using Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

public sealed class WaitTests
{
    private static readonly JobDefaults _quick = new() { BackoffDelay = "0s" };

    private sealed record Approval(bool IsGranted, string By);

    [Fact]
    public async Task A_wait_frees_the_slot_and_the_handler_goes_on_when_the_time_has_come()
    {
        var time = new ManualTimeProvider();
        var runs = 0;
        await using var host = await TestHost.StartAsync(
            new TestAssembly()
                .Add("patient", async (context, token) =>
                {
                    runs++;
                    await context.WaitAsync("cool-off", "1d", token);
                    await context.WaitAsync("again", "2h", token);
                })
                .Add("other", (_, _) => Task.CompletedTask),
            jobs => jobs.Worker(worker => worker.Concurrency = 1),
            time: time);
        var handle = await host.Client("patient").EnqueueAsync();
        var waiting = await WaitingAsync(handle);
        Assert.Equal((0, time.GetUtcNow().AddDays(1)), (waiting.Attempt, waiting.NextAttemptAt));
        Assert.Contains("'cool-off'", waiting.PendingReason, StringComparison.Ordinal);
        await (await host.Client("other").EnqueueAsync()).WaitForCompletionAsync().SoonAsync();

        time.Advance(TimeSpan.FromDays(1));
        await TestHost.EventuallyAsync(() => Status(handle) is { Status: JobStatus.Waiting, Attempts.Count: 2 }, "it waits again");
        time.Advance(TimeSpan.FromHours(2));
        var job = await handle.EndAsync();
        Assert.Equal((JobStatus.Completed, 1, 3), (job.Status, job.Attempt, runs));
    }

    [Fact]
    public async Task An_answer_reaches_the_handler_whether_it_comes_before_or_after_the_wait()
    {
        var tokens = new List<JobWaitToken>();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, string>("ask", async (input, context, token) =>
        {
            var approval = await context.CreateWaitTokenAsync("approval", "2d", token);
            await context.StepAsync("mail", _ => { tokens.Add(approval); return Task.CompletedTask; }, token);
            if (input == 1)
            {
                Assert.Equal(JobWaitCompletion.Completed, await context.Services.GetRequiredService<IJobManager>().CompleteWaitAsync(approval.ToString(), new Approval(true, "early"), token));
            }

            return (await context.WaitForAsync<Approval>(approval, token)).By;
        }));
        var early = await host.Client<int, string>("ask").EnqueueAsync(1);
        Assert.Equal("early", await early.WaitForResultAsync().SoonAsync());
        Assert.Single((await early.GetStatusAsync()).Attempts);

        var late = await host.Client<int, string>("ask").EnqueueAsync(2);
        await WaitingAsync(late);
        var answer = JsonSerializer.SerializeToElement(new { isGranted = true, by = "late" });
        Assert.Equal(JobWaitCompletion.Completed, await host.Manager.CompleteWaitAsync(tokens[1].ToString(), answer));
        Assert.Equal("late", await late.WaitForResultAsync().SoonAsync());
        Assert.Equal(2, tokens.Count);
        Assert.Equal(JobWaitCompletion.Completed, await host.Manager.CompleteWaitAsync(tokens[1].ToString(), answer));
        Assert.Equal(JobWaitCompletion.AlreadyAnswered, await host.Manager.CompleteWaitAsync(tokens[1].ToString(), new Approval(false, "late")));
        var steps = (await host.Manager.ListStepsAsync(late.Id))!;
        Assert.Equal((JobStepKind.Token, JobStepStatus.Completed, "late"), (steps[0].Kind, steps[0].Status, steps[0].Value!.Value.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task An_answer_between_the_look_and_the_stored_wait_is_not_missed()
    {
        JobWaitToken approval = default;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, bool>("ask", async (_, context, token) =>
            await context.WaitForAsync<bool>(approval = await context.CreateWaitTokenAsync("approval", "2d", token), token)));
        var isAnswered = false;
        host.Storage.Before = async call =>
        {
            // The handler has looked and found nothing; its outcome is not stored yet.
            if (call == nameof(IJobStorage.ExchangeAsync) && approval != default && !isAnswered)
            {
                isAnswered = await host.Storage.Inner.CompleteWaitAsync(approval, "true"u8.ToArray(), default) == JobWaitCompletion.Completed;
            }
        };

        Assert.True(await (await host.Client<int, bool>("ask").EnqueueAsync(1)).WaitForResultAsync().SoonAsync());
        Assert.True(isAnswered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wait_without_an_answer_times_out(bool catches)
    {
        var time = new ManualTimeProvider();
        JobWaitToken approval = default;
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<int, string>("ask", async (_, context, token) =>
            {
                approval = await context.CreateWaitTokenAsync("approval", "2d", token);
                try
                {
                    return await context.WaitForAsync<string>(approval, token);
                }
                catch (JobWaitTimeoutException timeout) when (catches)
                {
                    return timeout.Wait + " timed out";
                }
            }),
            time: time);
        var handle = await host.Client<int, string>("ask").EnqueueAsync(1);
        await WaitingAsync(handle);
        time.Advance(TimeSpan.FromDays(2));

        var job = await handle.EndAsync();
        Assert.Equal(catches ? (JobStatus.Completed, FailureReason.None, 1) : (JobStatus.Failed, FailureReason.NonRetryable, 1), (job.Status, job.FailureReason, job.Attempt));
        Assert.Equal(JobWaitCompletion.TooLate, await host.Manager.CompleteWaitAsync(approval.ToString(), "yes"));
    }

    [Fact]
    public async Task A_crash_between_the_stored_wait_and_the_outcome_does_not_begin_the_wait_anew()
    {
        var time = new ManualTimeProvider();
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("patient", async (context, token) =>
            {
                if (context.Attempt == 1)
                {
                    await Assert.ThrowsAnyAsync<Exception>(async () => await context.WaitAsync("cool-off", "1d", token));
                    throw context.RetryAfter("1h", "it died here");
                }

                await context.WaitAsync("cool-off", "1d", token);
            }),
            time: time);
        var start = time.GetUtcNow();
        var handle = await host.Client("patient").EnqueueAsync();
        await TestHost.EventuallyAsync(() => Status(handle) is { Status: JobStatus.Pending, Attempts.Count: 1 }, "the first attempt ends");
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(start.AddDays(1), (await WaitingAsync(handle)).NextAttemptAt);
    }

    [Fact]
    public async Task A_waiting_job_is_cancelled_at_once()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("patient", async (context, token) => await context.WaitAsync("cool-off", "1d", token)));
        var handle = await host.Client("patient").EnqueueAsync();
        await WaitingAsync(handle);

        Assert.True(await handle.CancelAsync());
        Assert.Equal(JobStatus.Cancelled, (await handle.EndAsync()).Status);
    }

    [Fact]
    public async Task An_answer_of_the_wrong_type_ends_the_job_with_a_message_that_says_so()
    {
        JobWaitToken approval = default;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, bool>("ask", async (_, context, token) =>
            (await context.WaitForAsync<Approval>(approval = await context.CreateWaitTokenAsync("approval", "2d", token), token)).IsGranted, _quick));
        var handle = await host.Client<int, bool>("ask").EnqueueAsync(1);
        await WaitingAsync(handle);
        await host.Manager.CompleteWaitAsync(approval.ToString(), 7);

        var job = await handle.EndAsync();
        Assert.Equal((JobStatus.Failed, FailureReason.NonRetryable, 1), (job.Status, job.FailureReason, job.Attempt));
        Assert.Contains("The answer to wait 'approval'", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_another_job_is_refused()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("ask", async (_, token) => await Task.CompletedTask).Add("thief", async (context, token) =>
            await context.WaitForAsync<bool>(JobWaitToken.New(JobId.New()), token), _quick));
        var job = await (await host.Client("thief").EnqueueAsync()).EndAsync();

        Assert.Contains("The token is none that this job made", job.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_token_answers_nothing(string text)
    {
        await using var host = await TestHost.StartAsync(new TestAssembly());
        Assert.Equal(JobWaitCompletion.NotFound, await host.Manager.CompleteWaitAsync(text, true));
    }

    [Fact]
    public void A_token_is_its_text()
    {
        var token = JobWaitToken.New(JobId.New());
        Assert.True(JobWaitToken.TryParse(token.ToString(), out var parsed));
        Assert.Equal(token, parsed);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", token.ToString());
        Assert.NotEqual(token, JobWaitToken.New(token.JobId));
    }

    [Fact]
    public async Task An_answer_that_no_job_knows_or_that_is_too_large_is_refused()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly(), jobs => jobs.Limits(limits => limits.MaxResultBytes = 10));
        Assert.Equal(JobErrorCodes.UnknownType, (await Assert.ThrowsAsync<JobException>(async () => await host.Manager.CompleteWaitAsync("x", new Approval(true, "")))).Code);
        Assert.Equal(JobErrorCodes.PayloadTooLarge, (await Assert.ThrowsAsync<JobException>(async () => await host.Manager.CompleteWaitAsync("x", new string('x', 100)))).Code);
    }

    private static JobSnapshot Status(JobHandle handle) => handle.GetStatusAsync().AsTask().Result;

    private static async Task<JobSnapshot> WaitingAsync(JobHandle handle)
    {
        JobSnapshot? status = null;
        await TestHost.EventuallyAsync(() => (status = Status(handle)).Status == JobStatus.Waiting, "the job waits");
        return status!;
    }
}
