using Jobs.Package.Tests.Feed;

namespace Jobs.Package.Tests;

public sealed class StorageAuthorTests(PackageFeed feed)
{
    [Fact]
    public async Task The_conformance_suite_can_be_derived_from_outside_of_the_repository()
    {
        var built = await Command.BuildAsync(Path.Combine(feed.Programs, "Storage.Author"), "build");

        built.AssertSucceeded();
        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);
    }
}
