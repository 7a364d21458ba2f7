using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Progress with data; its fence is tested with the others.</summary>
public abstract class ProgressTests : StorageTests
{
    [Fact]
    public async Task Data_comes_back_and_goes_with_the_next_report()
    {
        var id = await InsertAsync();
        var claimed = await (await StartWorkerAsync()).ClaimOneAsync();
        await ReportAsync(new ProgressReport(id, claimed.Lease, 25, "x") { Data = """{"file":"ü","left":[1,2]}""" });
        Assert.Equal("ü", (await GetAsync(id)).ProgressData!.Value.GetProperty("file").GetString());
        Assert.Equal(2, (await GetAsync(id)).ProgressData!.Value.GetProperty("left")[1].GetInt32());

        await ReportAsync(new ProgressReport(id, claimed.Lease, 30, "y"));
        Assert.Null((await GetAsync(id)).ProgressData);
    }

    [Fact]
    public async Task The_time_left_is_estimated_from_the_last_report()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        Assert.Null((await GetAsync(id)).EstimatedTimeLeft);
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(5));
        await ReportAsync(new ProgressReport(id, claimed.Lease, 25, null));
        Assert.InRange((await GetAsync(id)).EstimatedTimeLeft!.Value, TimeSpan.FromMinutes(14.9), TimeSpan.FromMinutes(16));

        await worker.CompleteAsync(claimed);
        Assert.Null((await GetAsync(id)).EstimatedTimeLeft);
    }

    [Fact]
    public async Task Data_does_not_survive_its_run()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await ReportAsync(new ProgressReport(id, claimed.Lease, 25, null) { Data = "1" });
        await worker.EndAsync(claimed, JobOutcomeKind.Retry);

        Assert.Null((await GetAsync(id)).ProgressData);
    }

    private async Task ReportAsync(ProgressReport report) => Assert.Empty(await Storage.ReportProgressAsync([report], Cancellation));
}
