namespace Jobs.Package.Tests.Quickstart;

/// <summary>The sample that a newcomer starts first, as a program in a folder of its own.</summary>
public sealed class QuickstartTests : IDisposable
{
    private static readonly int[] BadLines = [17, 45, 88, 120, 150, 177, 203, 240, 266, 301];

    private readonly QuickstartRun _quickstart = new();

    public void Dispose() => _quickstart.Dispose();

    [Fact]
    public async Task Every_valid_row_is_mailed_once_and_every_bad_row_is_shown_with_its_line()
    {
        var run = await _quickstart.RunAsync();

        run.AssertSucceeded();
        var rows = File.ReadLines(QuickstartRun.SignUps).Skip(1).Count();
        Assert.Equal(rows - BadLines.Length, _quickstart.Mails.Count);
        Assert.Equal(BadLines, QuickstartRun.LinesOf(run));
        _quickstart.AssertNobodyHasTwoMails();
    }

    [Fact]
    public async Task Killed_half_way_and_started_again_it_sends_the_rest_and_nothing_twice()
    {
        // More rows than a machine sends between the first mail and the kill that it causes.
        const int rows = 3000;
        var file = _quickstart.WriteSignUps(Enumerable.Range(1, rows).Select(row => $"user{row}@example{row % 20}.com,User {row},free"));

        await _quickstart.RunAndKillAfterTheFirstMailsAsync(file);
        var sentBefore = _quickstart.Mails;
        Assert.InRange(sentBefore.Count, 1, rows - 1);

        (await _quickstart.RunAsync(file)).AssertSucceeded();
        var sent = _quickstart.Mails;
        Assert.Equal(rows, sent.Count);
        _quickstart.AssertNobodyHasTwoMails();

        // A third run meets finished jobs only: no file is written anew.
        (await _quickstart.RunAsync(file)).AssertSucceeded();
        Assert.Equal(sent, _quickstart.Mails);
    }

    [Fact]
    public async Task Another_file_can_be_given()
    {
        var file = _quickstart.WriteSignUps(["ada@example.com,Ada,team", "nobody,Nobody,team", "\"grace@example.com\",\"Hopper, Grace\",business"]);

        var run = await _quickstart.RunAsync(file);

        run.AssertSucceeded();
        Assert.Equal([3], QuickstartRun.LinesOf(run));
        Assert.Equal(2, _quickstart.Mails.Count);
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_named_and_gives_exit_code_2()
    {
        var run = await _quickstart.RunAsync("missing.csv");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("missing.csv", run.Output, StringComparison.Ordinal);
        Assert.Empty(_quickstart.Mails);
    }
}
