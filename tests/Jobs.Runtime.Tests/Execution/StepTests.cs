using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Metadata;
using Jobs.Storage;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

public sealed class StepTests
{
    private static readonly JobDefaults _quick = new() { BackoffDelay = "0s" };

    private sealed record Charge(string Id, decimal Amount);

    [Fact]
    public async Task A_step_that_succeeded_is_not_run_again_by_later_attempts()
    {
        var runs = new List<string>();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, string>(
            "order",
            async (input, context, token) =>
            {
                var charge = await context.StepAsync("charge", _ => { runs.Add("charge"); return Task.FromResult(new Charge("c-1", input)); }, token);
                await context.StepAsync("pack", _ => { runs.Add("pack"); return context.Attempt < 3 ? throw new InvalidOperationException() : Task.CompletedTask; }, token);
                var sent = await context.StepAsync("send", _ => { runs.Add("send"); return ValueTask.FromResult(true); }, token);
                return $"{charge.Id} {charge.Amount} {sent}";
            },
            _quick));
        var handle = await host.Client<int, string>("order").EnqueueAsync(12);

        Assert.Equal("c-1 12 True", await handle.WaitForResultAsync().SoonAsync());
        Assert.Equal(["charge", "pack", "pack", "pack", "send"], runs);
        var steps = (await host.Manager.ListStepsAsync(handle.Id))!;
        Assert.Equal(["charge", "pack", "send"], steps.Select(s => s.Name));
        Assert.Equal(("c-1", null, true), (steps[0].Value!.Value.GetProperty("id").GetString(), steps[1].Value, steps[2].Value!.Value.GetBoolean()));
        Assert.Null(await host.Manager.ListStepsAsync(JobId.New()));
    }

    [Fact]
    public async Task A_retry_by_hand_keeps_steps_and_a_resubmitted_job_has_none()
    {
        var runs = 0;
        var isFixed = false;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add(
            "order",
            async (context, token) =>
            {
                await context.StepAsync("charge", _ => Task.FromResult(++runs), token);
                _ = isFixed ? true : throw context.Fail("broken");
            }));
        var handle = await host.Client("order").EnqueueAsync();
        Assert.Equal(JobStatus.Failed, (await handle.EndAsync()).Status);
        isFixed = true;
        Assert.True(await host.Manager.RetryAsync(handle.Id));
        Assert.Equal(JobStatus.Completed, (await handle.EndAsync()).Status);
        Assert.Equal(1, runs);

        await (await host.Manager.ResubmitAsync(handle.Id))!.EndAsync();
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task When_the_result_could_not_be_stored_the_step_runs_again_under_the_same_key()
    {
        var keys = new List<string>();
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("order", async (context, token) => await context.StepAsync("charge", _ => { keys.Add(context.StepKey("charge")); return Task.FromResult(1); }, token), _quick));
        var failures = 1;
        host.Storage.Before = call => call == nameof(IJobStorage.WriteStepsAsync) && Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("gone") : Task.CompletedTask;
        var handle = await host.Client("order").EnqueueAsync();

        Assert.Equal((JobStatus.Completed, 2), ((await handle.EndAsync()).Status, (await handle.GetStatusAsync()).Attempt));
        Assert.Equal([$"{handle.Id}/charge", $"{handle.Id}/charge"], keys);
    }

    [Fact]
    public async Task An_attempt_that_lost_its_lease_stores_no_step_and_no_outcome()
    {
        var obliterated = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        Exception? thrown = null;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("order", async (context, token) =>
        {
            try
            {
                await context.StepAsync("charge", async _ => { started.SetResult(); await obliterated.Task; }, token);
            }
            catch (Exception exception)
            {
                thrown = exception;
                throw;
            }
        }));
        var handle = await host.Client("order").EnqueueAsync();
        await started.SoonAsync();
        Assert.Equal(ChangeOutcome.Done, await host.Storage.ChangeAsync(handle.Id, JobAction.Obliterate, default));
        obliterated.SetResult();

        await TestHost.EventuallyAsync(() => thrown is JobLeaseLostException, "the step is refused");
    }

    [Fact]
    public async Task Steps_run_side_by_side_and_a_failed_one_may_be_tried_again_in_the_same_attempt()
    {
        var tries = 0;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("sum", async (count, context, token) =>
        {
            try
            {
                await context.StepAsync("flaky", _ => tries++ == 0 ? throw new IOException() : Task.CompletedTask, token);
            }
            catch (IOException)
            {
                await context.StepAsync("flaky", _ => tries++ == 0 ? throw new IOException() : Task.CompletedTask, token);
            }

            var numbers = await Task.WhenAll(Enumerable.Range(1, count).Select(i => context.StepAsync($"part {i}", async ct => { await Task.Yield(); return i; }, token).AsTask()));
            return numbers.Sum();
        }));
        var handle = await host.Client<int, int>("sum").EnqueueAsync(20);

        Assert.Equal(210, await handle.WaitForResultAsync().SoonAsync());
        Assert.Equal((2, 21), (tries, (await host.Manager.ListStepsAsync(handle.Id))!.Count));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("first", "twice in one attempt")]
    [InlineData("fourth", "The job would have 4 steps and waits; 3 are allowed")]
    public async Task A_wrong_name_is_refused_before_anything_is_done(string name, string problem)
    {
        var ran = false;
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("order", async (context, token) =>
            {
                await context.StepAsync("first", _ => Task.CompletedTask, token);
                await context.StepAsync("second", _ => Task.CompletedTask, token);
                await context.CreateWaitTokenAsync("third", "1h", token);
                await context.StepAsync(name, _ => { ran = true; return Task.CompletedTask; }, token);
            }, _quick with { MaxAttempts = 2 }),
            jobs => jobs.Limits(limits => limits.MaxSteps = 3));
        var job = await (await host.Client("order").EnqueueAsync()).EndAsync();

        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Contains(problem, job.Error, StringComparison.Ordinal);
        Assert.False(ran);
    }

    [Fact]
    public async Task A_name_that_was_a_wait_does_not_become_a_step()
    {
        var runs = 0;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("order", async (context, token) =>
        {
            if (runs++ == 0)
            {
                await context.WaitAsync("pause", "0s", token);
            }

            await context.StepAsync("pause", _ => Task.CompletedTask, token);
        }, _quick with { MaxAttempts = 1 }));
        var job = await (await host.Client("order").EnqueueAsync()).EndAsync();

        Assert.Contains("'pause' was stored as a wait and is now a step", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_beyond_the_limit_fails_for_good()
    {
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("order", async (context, token) => await context.StepAsync("long", _ => Task.FromResult(new string('x', 100)), token), _quick),
            jobs => jobs.Limits(limits => limits.MaxResultBytes = 50));
        var job = await (await host.Client("order").EnqueueAsync()).EndAsync();

        Assert.Equal((JobStatus.Failed, FailureReason.NonRetryable, 1), (job.Status, job.FailureReason, job.Attempt));
        Assert.Contains("step 'long' has 102 bytes", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_without_metadata_is_refused_before_the_step_is_done_and_simple_ones_need_none()
    {
        var ran = false;
        await using var host = await TestHost.StartAsync(new BareAssembly().Add("order", async (context, token) =>
        {
            var simple = await context.StepAsync("simple", _ => Task.FromResult<DateOnly?>(new DateOnly(2030, 1, 2)), token);
            Assert.Equal(2030, simple!.Value.Year);
            Assert.Equal("x", (await context.StepAsync("own", _ => ValueTask.FromResult(new Charge("x", 1)), (JsonTypeInfo<Charge>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Charge)), token)).Id);
            await context.StepAsync("charge", _ => { ran = true; return Task.FromResult(new Charge("x", 1)); }, token);
        }, _quick));
        var job = await (await host.Client("order").EnqueueAsync()).EndAsync();

        Assert.Contains("[Job(StepTypes = [typeof(Charge)])]", job.Error, StringComparison.Ordinal);
        Assert.False(ran);
    }

    [Fact]
    public async Task A_stored_result_of_another_type_fails_the_attempt()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("order", async (context, token) =>
        {
            if (context.Attempt == 1)
            {
                await context.StepAsync("charge", _ => Task.FromResult("text"), token);
                throw new InvalidOperationException();
            }

            await context.StepAsync("charge", _ => Task.FromResult(1), token);
        }, _quick with { MaxAttempts = 2 }));
        var job = await (await host.Client("order").EnqueueAsync()).EndAsync();

        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Contains("The stored result of step 'charge'", job.Error, StringComparison.Ordinal);
    }

    private sealed class BareAssembly : TestAssembly
    {
        public override IJsonTypeInfoResolver Json { get; } = JsonTypeInfoResolver.Combine();
    }
}
