using Xunit;

namespace Jobs.Runtime.Tests.Execution;

/// <summary>What serves one attempt after the other must not let a handler that kept something reach into a later attempt.</summary>
public sealed class KeptContextTests
{
    [Fact]
    public async Task A_context_kept_beyond_its_attempt_still_says_whose_it_was()
    {
        var kept = new List<JobContext>();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", Keep(kept)));
        var first = await RunAsync(host);
        var second = await RunAsync(host);
        Assert.Equal([first.Id, second.Id], kept.Select(static context => context.JobId));
        Assert.Equal(("job", "default", 1, 3), (kept[0].JobName, kept[0].Queue, kept[0].Attempt, kept[0].MaxAttempts));
        Assert.Equal((await first.GetStatusAsync()).CreatedAt, kept[0].CreatedAt);
    }

    [Fact]
    public async Task A_context_kept_beyond_its_attempt_cannot_write_into_the_next_one()
    {
        var kept = new List<JobContext>();
        var running = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", async (context, _) =>
        {
            kept.Add(context);
            if (kept.Count == 2)
            {
                running.SetResult();
                await go.Task;
            }
        }));
        var first = await RunAsync(host);
        var second = await host.Client("job").EnqueueAsync();
        await running.Task.SoonAsync();
        var lost = await Assert.ThrowsAsync<JobLeaseLostException>(async () => await kept[0].ReportProgressAsync(50));
        Assert.Equal(first.Id, lost.JobId);
        Assert.Throws<ObjectDisposedException>(() => kept[0].Services);
        kept[0].ExtendTimeout("1h");
        go.SetResult();
        await second.WaitForCompletionAsync().SoonAsync();
        Assert.Null((await second.GetStatusAsync()).Progress);
    }

    [Fact]
    public async Task A_callback_left_on_a_token_does_not_hear_of_a_later_attempts_cancellation()
    {
        var left = 0;
        var heard = 0;
        var running = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", async (_, token) =>
        {
            if (Interlocked.Increment(ref left) == 1)
            {
                token.Register(() => Interlocked.Increment(ref heard));
                return;
            }

            running.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        }));
        await RunAsync(host);
        var second = await host.Client("job").EnqueueAsync();
        await running.Task.SoonAsync();
        await second.CancelAsync();
        await Assert.ThrowsAsync<JobCancelledException>(() => second.WaitForCompletionAsync().SoonAsync());
        Assert.Equal(0, heard);
    }

    [Fact]
    public async Task A_next_one_that_a_middleware_left_running_does_not_reach_a_later_attempt()
    {
        var go = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        var runs = 0;
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<string, string>("job", async (input, context, _) =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    await go.Task;
                    ended.SetResult();
                }

                return input;
            }),
            jobs => jobs.Use<FirstOneIsNotAwaited>(),
            services => services.Add(new(typeof(FirstOneIsNotAwaited), new FirstOneIsNotAwaited())));
        var first = await host.Client<string, string>("job").EnqueueAsync("first");
        await first.WaitForCompletionAsync().SoonAsync();
        var second = await host.Client<string, string>("job").EnqueueAsync("second");
        Assert.Equal("second", await second.WaitForResultAsync().SoonAsync());
        go.SetResult();
        await ended.Task.SoonAsync();
        Assert.Null((await first.GetStatusAsync()).Result);
    }

    [Fact]
    public async Task Many_jobs_in_a_row_each_get_their_own_input_and_scope()
    {
        var seen = new List<(string Input, JobId Id, object Scope)>();
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add<string, string>("job", (input, context, _) =>
            {
                seen.Add((input, context.JobId, context.Services));
                return ValueTask.FromResult(input);
            }),
            jobs => jobs.Worker(static worker => worker.Concurrency = 1));
        for (var i = 0; i < 20; i++)
        {
            var handle = await host.Client<string, string>("job").EnqueueAsync($"input {i}");
            Assert.Equal($"input {i}", await handle.WaitForResultAsync().SoonAsync());
            Assert.Equal(($"input {i}", handle.Id), (seen[i].Input, seen[i].Id));
        }

        Assert.Equal(20, seen.Select(static s => s.Scope).Distinct().Count());
    }

    private static Func<JobContext, CancellationToken, Task> Keep(List<JobContext> kept) => (context, _) =>
    {
        kept.Add(context);
        return Task.CompletedTask;
    };

    private static async Task<JobHandle> RunAsync(TestHost host)
    {
        var handle = await host.Client("job").EnqueueAsync();
        await handle.WaitForCompletionAsync().SoonAsync();
        return handle;
    }

    private sealed class FirstOneIsNotAwaited : IJobMiddleware
    {
        private int _runs;

        public async ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
        {
            var running = next(context, cancellationToken);
            if (Interlocked.Increment(ref _runs) > 1)
            {
                await running;
            }
        }
    }
}
