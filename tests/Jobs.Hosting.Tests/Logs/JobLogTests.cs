using Microsoft.Extensions.Logging;

namespace Jobs.Hosting.Tests.Logs;

/// <summary>What handlers write to their context's logger is kept with the job.</summary>
public sealed class JobLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lines_of_all_attempts_are_there_when_the_job_has_ended(bool isOnDisk)
    {
        using var file = new TemporaryFile();
        await using var application = await Application.StartAsync(services => services.AddJobs(jobs => (isOnDisk ? jobs.UseSqlite(file.ConnectionString) : jobs.UseInMemory()).Worker(w => w.PollInterval = TimeSpan.FromMilliseconds(20))));
        var job = await application.Jobs.Chatter.EnqueueAsync(2, cancellationToken: Cancellation);
        await job.WaitForCompletionAsync(Cancellation);

        var lines = await application.Manager.ReadLogsAsync(job.Id, cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal([(1, 1, "Sentence 1."), (2, 1, "Sentence 2."), (3, 1, lines[2].Message), (4, 2, "Sentence 1."), (5, 2, "Sentence 2.")], lines.Select(l => (l.Line, l.Attempt, l.Message)));
        Assert.StartsWith("Oops.\nSystem.InvalidOperationException: Out of words.", lines[2].Message, StringComparison.Ordinal);
        Assert.Equal([LogLevel.Information, LogLevel.Information, LogLevel.Error, LogLevel.Information, LogLevel.Information], lines.Select(l => l.Level));
        Assert.Equal(("t1", "2"), (lines[1].Fields["Tenant"], lines[1].Fields["Number"]));
        Assert.Empty(lines[2].Fields);
        Assert.Equal([4L, 5], (await application.Manager.ReadLogsAsync(job.Id, afterLine: 3, cancellationToken: Cancellation).ToListAsync(Cancellation)).Select(l => l.Line));
    }

    [Fact]
    public async Task Following_brings_lines_while_the_job_runs_and_ends_with_it()
    {
        await using var application = await Application.StartAsync(jobs => jobs.Worker(w => w.PollInterval = TimeSpan.FromMilliseconds(20)));
        application.Get<Gate>().Close();
        var job = await application.Jobs.Chatter.EnqueueAsync(3, cancellationToken: Cancellation);
        var lines = new List<string>();
        await foreach (var line in application.Manager.ReadLogsAsync(job.Id, follow: true, cancellationToken: Cancellation))
        {
            lines.Add(line.Message[..4]);
            if (line.Line == 3)
            {
                Assert.Equal(JobStatus.Running, (await job.GetStatusAsync(Cancellation)).Status);
                application.Get<Gate>().Open();
            }
        }

        Assert.Equal(["Sent", "Sent", "Sent", "Oops", "Sent", "Sent", "Sent"], lines);
    }

    [Fact]
    public async Task A_minimum_level_and_limits_hold()
    {
        await using var application = await Application.StartAsync(jobs => jobs.JobLogs(o => (o.MinimumLevel, o.MaxLines, o.MaxLineLength) = (LogLevel.Debug, 4, 100)));
        var job = await application.Jobs.Chatter.EnqueueAsync(5, cancellationToken: Cancellation);
        await job.WaitForCompletionAsync(Cancellation);

        var lines = await application.Manager.ReadLogsAsync(job.Id, cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal(["Sentence 3.", "Sentence 4.", "Sentence 5.", "Aside."], lines.Select(l => l.Message));
        Assert.Equal(13, lines[^1].Line);
    }

    [Fact]
    public async Task A_job_can_keep_no_log()
    {
        await using var application = await Application.StartAsync();
        var job = await application.Jobs.Silent.EnqueueAsync(cancellationToken: Cancellation);
        await job.WaitForCompletionAsync(Cancellation);

        Assert.Empty(await application.Manager.ReadLogsAsync(job.Id, cancellationToken: Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task An_unknown_job_has_no_lines()
    {
        await using var application = await Application.StartAsync();

        Assert.Empty(await application.Manager.ReadLogsAsync(JobId.New(), follow: true, cancellationToken: Cancellation).ToListAsync(Cancellation));
    }
}
