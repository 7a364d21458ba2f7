using Jobs.Package.Tests.Feed;

namespace Jobs.Package.Tests;

public sealed class NativeTests(PackageFeed feed)
{
    [Fact]
    public async Task A_native_program_has_no_warning_and_runs_its_jobs()
    {
        var linker = NativeLinker.FindOrSkip();
        var folder = Path.Combine(feed.Programs, "Native");
        await File.WriteAllTextAsync(Path.Combine(folder, "Greet.cs"), Readme.Declarations, TestContext.Current.CancellationToken);

        // The tests run on the newest framework; this program covers the older one that the packages support.
        var framework = Environment.GetEnvironmentVariable("JOBS_AOT_FRAMEWORK") ?? "net9.0";
        var published = await Command.BuildAsync(folder, ["publish", "-o", "out", "--use-current-runtime", $"-p:JobsAotFramework={framework}", .. linker.Arguments]);
        published.AssertSucceeded().AssertWithoutWarnings();

        var run = await Command.RunAsync(folder, Path.Combine(folder, "out", "Native"));
        run.AssertSucceeded();
        Assert.Equal(
            """
            Hello, world
            10.50 office 2 Standard A-1+B-2
            Completed Out of paper|-
            again: True
            Address.Street Required, Address.ZipCode RegularExpression, Confirmation Compare, Customer EmailAddress, Lines[0].Count Range, Lines[0].Price Range, Lines[0].Sku Required
            Lines: The field Lines must be a string or array type with a minimum length of '1'.
            DeliverOn: Express comes at once.
            Notes: No gifts.
            NonRetryable: No broom
            3 jobs, 4 attempts
            """,
            run.Output.Trim());
    }
}
