using Jobs.Package.Tests.Feed;

namespace Jobs.Package.Tests;

public sealed class HelloTests(PackageFeed feed)
{
    [Fact]
    public async Task The_smallest_complete_program_of_the_readme_runs_on_the_package()
    {
        var folder = Path.Combine(feed.Programs, "Hello");
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Readme.Program, TestContext.Current.CancellationToken);

        var built = await Command.BuildAsync(folder, "build", "-o", "out");
        built.AssertSucceeded();
        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);

        var run = await Command.RunAsync(folder, "dotnet", Path.Combine("out", "Hello.dll"));
        Assert.Contains("Hello, world", run.AssertSucceeded().Output, StringComparison.Ordinal);
    }
}
