using Jobs;
using Spectre.Console;
using WorkBench.Indexing;

namespace WorkBench;

/// <summary>Indexes a folder of texts, and shows on the way what can be seen of jobs and done to them.</summary>
internal sealed class Tour(JobClient jobs, IJobManager manager, Quarantine quarantine)
{
    /// <summary>Enough to watch for a few seconds.</summary>
    private const int Passes = 4;

    public async Task RunAsync(string library)
    {
        var texts = await IndexAsync(library);
        await ShowLogsAsync(texts[0]);
        await ShowQuarantineAsync(texts);
        await CompareAsync();
        await ShowStatisticsAsync();
    }

    /// <summary>A paused queue holds its jobs; a concurrency key runs those of one folder one after the other.</summary>
    private async Task<IReadOnlyList<JobHandle<TextSummary>>> IndexAsync(string library)
    {
        AnsiConsole.MarkupLine("[bold]Indexing[/]");
        await manager.PauseQueueAsync("index");
        var texts = await jobs.IndexText.EnqueueManyAsync(Directory.EnumerateFiles(library, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path =>
            (new IndexTextInput(path), (EnqueueOptions?)new EnqueueOptions { ConcurrencyKey = Path.GetDirectoryName(path), Tags = [Path.GetExtension(path)] })));
        var queue = (await manager.ListQueuesAsync()).Single(queue => queue.Name == "index");
        AnsiConsole.MarkupLineInterpolated($"queue {queue.Name} is {(queue.IsPaused ? "paused" : "open")} and has {queue.Pending} jobs");

        await manager.ResumeQueueAsync("index");
        foreach (var text in texts)
        {
            try
            {
                var summary = await text.WaitForResultAsync();
                AnsiConsole.MarkupLineInterpolated($"  {summary.Title}: {summary.Words} words, {summary.DistinctWords} different");
            }
            catch (JobFailedException failure)
            {
                AnsiConsole.MarkupLineInterpolated($"  [yellow]failed[/] as {failure.Reason}: {failure.Job.Error}");
            }
        }

        return texts;
    }

    private async Task ShowLogsAsync(JobHandle job)
    {
        AnsiConsole.MarkupLine("[bold]Log of the first job[/]");
        await foreach (var line in manager.ReadLogsAsync(job.Id, follow: true))
            AnsiConsole.MarkupLineInterpolated($"  {line.Line} {line.Level} {line.Message}");
    }

    /// <summary>What failed for good became a job of its own; both know each other.</summary>
    private async Task ShowQuarantineAsync(IReadOnlyList<JobHandle<TextSummary>> texts)
    {
        AnsiConsole.MarkupLine("[bold]Dead letters[/]");
        foreach (var text in texts)
        {
            if (await manager.GetAsync(text.Id) is { DeadLetterJobId: { } letter } && await jobs.QuarantineText.GetAsync(letter) is { } quarantining)
                await quarantining.WaitForCompletionAsync();
        }

        foreach (var (title, reason) in quarantine.Texts)
            AnsiConsole.MarkupLineInterpolated($"  {title}: {reason}");
    }

    /// <summary>A running job is cancelled through its token; a retry runs the same job again.</summary>
    private async Task CompareAsync()
    {
        AnsiConsole.MarkupLine("[bold]Comparing[/]");
        var comparing = await jobs.CompareTexts.EnqueueAsync(new(Passes));
        await ShowProgressAsync(comparing, until: 20);
        if (await comparing.CancelAsync())
        {
            var cancelled = await ShowProgressAsync(comparing, until: 100);
            AnsiConsole.MarkupLineInterpolated($"  cancelled: {cancelled.Status}");
            AnsiConsole.MarkupLineInterpolated($"  run again: {await manager.RetryAsync(comparing.Id)}");
            await ShowProgressAsync(comparing, until: 100);
        }

        var (first, second, share) = await comparing.WaitForResultAsync();
        AnsiConsole.MarkupLineInterpolated($"  most alike: {first} and {second}, {share:P0}");
    }

    private static async Task<JobSnapshot> ShowProgressAsync(JobHandle job, double until)
    {
        JobSnapshot? last = null;
        await foreach (var now in job.WatchAsync())
        {
            if (now.Progress is { } percent && percent != last?.Progress)
                AnsiConsole.MarkupLineInterpolated($"  {percent:0} % {now.ProgressMessage}");

            last = now;
            if (now.Progress >= until && until < 100)
                break;
        }

        return last!;
    }

    private async Task ShowStatisticsAsync()
    {
        AnsiConsole.MarkupLine("[bold]Statistics[/]");
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            var count = await manager.CountAsync(new JobFilter { Status = status });
            if (count > 0)
                AnsiConsole.MarkupLineInterpolated($"  {status}: {count}");
        }
    }
}
