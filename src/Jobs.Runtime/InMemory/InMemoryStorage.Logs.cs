using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    public ValueTask<IReadOnlyList<int>> AppendLogsAsync(IReadOnlyList<JobLogLine> lines, int maxLines, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<int>>(cancellationToken);

        List<int>? refused = null;
        lock (_gate)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i];
                if (_jobs.Find(line.Id) is { Place: EntryPlace.Held or EntryPlace.Completed } entry && entry.Lease == line.Lease)
                    (entry.EnsureExtra().Log ??= new JobLog()).Add(line, maxLines);
                else
                    (refused ??= []).Add(i);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<int>>(refused ?? (IReadOnlyList<int>)[]);
    }

    public ValueTask<JobLogPage?> ReadLogsAsync(JobId id, long afterLine, int limit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<JobLogPage?>(cancellationToken);

        lock (_gate)
        {
            return ValueTask.FromResult(_jobs.Find(id) is { } entry
                ? new JobLogPage(entry.Extra?.Log?.Read(afterLine, limit) ?? [], entry.HasEnded)
                : null);
        }
    }
}
