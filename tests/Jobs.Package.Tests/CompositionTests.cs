using Jobs.Package.Tests.Feed;

namespace Jobs.Package.Tests;

public sealed class CompositionTests(PackageFeed feed)
{
    [Fact]
    public async Task A_web_application_runs_the_jobs_of_two_libraries_that_see_into_each_other()
    {
        var folder = Path.Combine(feed.Programs, "Shop.Web");

        var built = await Command.BuildAsync(folder, "build");
        built.AssertSucceeded();
        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);

        var run = await Command.RunAsync(folder, "dotnet", Path.Combine("bin", "Debug", "net10.0", "Shop.Web.dll"));
        Assert.Equal(
            """
            200 Invoice 7 to ada@example.com
            200 shipped 8
            send-invoice send-mail ship

            """,
            run.AssertSucceeded().Output);
    }
}
