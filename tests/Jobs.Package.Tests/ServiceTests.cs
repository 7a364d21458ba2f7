using Jobs.Package.Tests.Feed;

namespace Jobs.Package.Tests;

public sealed class ServiceTests(PackageFeed feed)
{
    [Fact]
    public async Task A_web_service_serves_its_jobs_and_its_health() =>
        Assert.Equal("Healthy\n201\nCompleted 5\n400\n", await RunAsync("Service"));

    [Fact]
    public async Task A_worker_service_runs_its_jobs_until_one_of_them_stops_it() =>
        Assert.Equal("3\n2\n1\n", await RunAsync("Worker"));

    private async Task<string> RunAsync(string program)
    {
        var folder = Path.Combine(feed.Programs, program);
        var built = await Command.BuildAsync(folder, "build", "-o", "out");
        built.AssertSucceeded();
        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);

        var run = await Command.RunAsync(folder, "dotnet", Path.Combine("out", program + ".dll"));
        return run.AssertSucceeded().Output;
    }
}
