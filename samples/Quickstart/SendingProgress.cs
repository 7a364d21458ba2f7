using Jobs;
using Spectre.Console;

namespace Quickstart;

public static class SendingProgress
{
    /// <summary>Waits for all jobs while a bar shows how many have ended, and returns their last states in order.</summary>
    public static async Task<IReadOnlyList<JobSnapshot>> ShowAsync(IReadOnlyList<JobHandle<DeliveredMail>> handles)
    {
        var outcomes = new JobSnapshot[handles.Count];
        await AnsiConsole.Progress().StartAsync(async display =>
        {
            var bar = display.AddTask("Sending", maxValue: Math.Max(1, handles.Count));
            await Parallel.ForEachAsync(Enumerable.Range(0, handles.Count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (index, cancellationToken) =>
            {
                try
                {
                    await handles[index].WaitForCompletionAsync(cancellationToken);
                }
                catch (JobFailedException failure)
                {
                    AnsiConsole.MarkupLineInterpolated($"[red]{failure.Message}[/]");
                }
                catch (JobCancelledException)
                {
                    // Shown as not delivered.
                }

                outcomes[index] = await handles[index].GetStatusAsync(cancellationToken);
                bar.Increment(1);
            });
        });
        return outcomes;
    }
}
