using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Maintenance;

public sealed class MaintenanceTests
{
    [Fact]
    public async Task One_round_can_be_asked_for_where_no_worker_runs()
    {
        var time = new ManualTimeProvider();
        await using var host = TestHost.Build([new TestAssembly().Add("never", (_, _) => Task.CompletedTask)], jobs => jobs.ClientOnly(), time: time);
        var handle = await host.Client("never").EnqueueAsync(new() { RetainFailed = "1m" });
        Assert.True(await handle.CancelAsync());
        Assert.Equal(0, (await host.Manager.MaintainAsync()).Removed);

        time.Advance(TimeSpan.FromMinutes(2));

        var report = await host.Manager.MaintainAsync();
        Assert.Equal((1, true), (report.Removed, report.IsDone));
        Assert.Null(await host.Manager.GetAsync(handle.Id));
    }
}
