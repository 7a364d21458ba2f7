namespace Jobs.Package.Tests.WorkBench;

/// <summary>The sample that shows what can be seen of jobs and done to them, as a program.</summary>
public sealed class WorkBenchTests
{
    private static readonly string Program = Path.Combine(Repository.Path, "samples", "WorkBench", "bin", Repository.Configuration, "net10.0", "WorkBench.dll");

    [Fact]
    public async Task It_pauses_indexes_logs_quarantines_cancels_and_runs_again()
    {
        var run = await Command.RunAsync(Path.GetTempPath(), "dotnet", Program);

        run.AssertSucceeded();
        Assert.Matches(@"queue index is paused and has \d+ jobs", run.Output);
        Assert.Matches(@"architecture\.md: \d+ words, \d+ different", run.Output);
        Assert.Contains("failed as NonRetryable: not UTF-8 text", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"1 Information \d+ words in \d+ characters", run.Output);
        Assert.Contains("scan.txt: not UTF-8 text", run.Output, StringComparison.Ordinal);
        Assert.Contains("cancelled: Cancelled", run.Output, StringComparison.Ordinal);
        Assert.Contains("run again: True", run.Output, StringComparison.Ordinal);
        Assert.Contains("most alike:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Failed: 1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named_and_gives_exit_code_2()
    {
        var run = await Command.RunAsync(Path.GetTempPath(), "dotnet", Program, "missing-folder");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("missing-folder", run.Output, StringComparison.Ordinal);
    }
}
