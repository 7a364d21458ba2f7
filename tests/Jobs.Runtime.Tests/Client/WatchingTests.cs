using Xunit;

namespace Jobs.Runtime.Tests.Client;

public sealed class WatchingTests
{
    [Fact]
    public async Task A_watched_job_is_told_of_from_its_first_state_to_its_last_and_no_further()
    {
        var goOn = new TaskCompletionSource();
        var jobs = new TestAssembly().Add("slow", async (context, token) =>
        {
            await context.ReportProgressAsync(50, cancellationToken: token);
            await goOn.Task;
        });
        await using var host = await TestHost.StartAsync(jobs);
        var handle = await host.Client("slow").EnqueueAsync();
        var seen = new List<JobSnapshot>();
        await foreach (var snapshot in handle.WatchAsync("1ms"))
        {
            seen.Add(snapshot);
            if (snapshot.Progress == 50)
                goOn.TrySetResult();
        }

        Assert.Equal(JobStatus.Completed, seen[^1].Status);
        Assert.Single(seen, s => s.Status == JobStatus.Completed);
        Assert.Contains(seen, s => s is { Status: JobStatus.Running, Progress: 50 });
        Assert.Equal(seen.Count, seen.Select(s => (s.UpdatedAt, s.Status, s.Progress)).Distinct().Count());
    }

    [Fact]
    public async Task Watching_stops_by_its_token_and_by_the_end_of_the_record()
    {
        await using var host = TestHost.Build([new TestAssembly().Add("never", (_, _) => Task.CompletedTask)]);
        var handle = await host.Client("never").EnqueueAsync(new() { Delay = "1h" });
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var snapshot in handle.WatchAsync(cancellationToken: stop.Token))
                await stop.CancelAsync();
        });

        await Assert.ThrowsAsync<JobNotFoundException>(async () =>
        {
            await foreach (var snapshot in handle.WatchAsync("1ms"))
                await host.Manager.DeleteAsync(handle.Id);
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => handle.WatchAsync("0s"));
    }
}
