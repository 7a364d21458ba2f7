using Jobs.Storage;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public async Task Progress_is_a_percentage(double percent)
    {
        Exception? thrown = null;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", async (context, token) => thrown = await Record.ExceptionAsync(async () => await context.ReportProgressAsync(percent, cancellationToken: token))));
        await (await host.Client("job").EnqueueAsync()).WaitForCompletionAsync().SoonAsync();
        Assert.StartsWith("Progress is a percentage from 0 to 100.", Assert.IsType<ArgumentOutOfRangeException>(thrown).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_are_merged_and_stored_after_a_moment()
    {
        var time = new ManualTimeProvider();
        var reported = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("job", async (context, token) =>
            {
                for (var percent = 0; percent <= 60; percent++)
                {
                    await context.ReportProgressAsync(percent, $"{percent} of 100", token);
                }

                reported.SetResult();
                await go.Task;
            }),
            time: time);
        var handle = await host.Client("job").EnqueueAsync();
        await reported.SoonAsync();
        Assert.Null((await handle.GetStatusAsync()).Progress);
        time.Advance(TimeSpan.FromMilliseconds(250));
        await TestHost.EventuallyAsync(() => handle.GetStatusAsync().AsTask().Result is { Progress: 60, ProgressMessage: "60 of 100" }, "the last report is stored");
        Assert.Equal(1, host.Storage.Calls[nameof(IJobStorage.ReportProgressAsync)]);
        go.SetResult();
        await handle.WaitForCompletionAsync().SoonAsync();
    }

    [Fact]
    public async Task The_last_report_is_stored_before_the_outcome()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", static async (context, token) => await context.ReportProgressAsync(100, "done", token)), time: new ManualTimeProvider());
        var job = await (await host.Client("job").EnqueueAsync()).EndAsync();
        Assert.Equal((JobStatus.Completed, 100.0, "done"), (job.Status, job.Progress!.Value, job.ProgressMessage));
    }

    [Fact]
    public async Task Progress_that_cannot_be_stored_is_tried_again_and_holds_nothing_up()
    {
        var time = new ManualTimeProvider();
        var reported = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var failures = 1;
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("job", async (context, token) =>
            {
                await context.ReportProgressAsync(50, "half", token);
                reported.SetResult();
                await go.Task;
            }),
            time: time);
        host.Storage.Before = call => call == nameof(IJobStorage.ReportProgressAsync) && Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("down") : Task.CompletedTask;
        var handle = await host.Client("job").EnqueueAsync();
        await reported.SoonAsync();
        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(250), () => handle.GetStatusAsync().AsTask().Result.Progress == 50, "the report is stored");
        Assert.Single(host.Logs.Of(29));
        go.SetResult();
        await handle.WaitForCompletionAsync().SoonAsync();
    }
}
