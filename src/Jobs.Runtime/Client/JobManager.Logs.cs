using System.Runtime.CompilerServices;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    private const int LogPage = 500;
    private static readonly TimeSpan _longestLogPause = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<JobLogEntry> ReadLogsAsync(JobId id, long afterLine = 0, bool follow = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterLine);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var pause = runtime.Settings.Worker.PollInterval < _longestLogPause ? runtime.Settings.Worker.PollInterval : _longestLogPause;
        while (await storage.ReadLogsAsync(id, afterLine, LogPage, cancellationToken).ConfigureAwait(false) is { } page)
        {
            foreach (var entry in page.Entries)
            {
                afterLine = entry.Line;
                yield return entry;
            }

            if (page.Entries.Count == LogPage)
            {
                continue;
            }

            if (page.HasEnded || !follow)
            {
                yield break;
            }

            await Task.Delay(pause, runtime.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
