using System.Globalization;
using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    public ValueTask<JobSnapshot?> GetAsync(JobId id, JobParts parts, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<JobSnapshot?>(cancellationToken);

        JobSnapshot snapshot;
        byte[] payload;
        byte[]? result;
        lock (_gate)
        {
            if (_jobs.Find(id) is not { } entry)
                return ValueTask.FromResult<JobSnapshot?>(null);

            (snapshot, payload, result) = (SnapshotMaker.Describe(entry, Now(), _lanes.Gates), entry.Payload, entry.Result);
        }

        return ValueTask.FromResult<JobSnapshot?>(SnapshotMaker.AddParts(snapshot, parts, payload, result));
    }

    public ValueTask<IReadOnlyList<JobId>> GetEndedAsync(IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<JobId>>(cancellationToken);

        var ended = new List<JobId>();
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (_jobs.Find(id) is not { HasEnded: false })
                    ended.Add(id);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<JobId>>(ended);
    }

    public ValueTask<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<JobPage>(cancellationToken);

        var before = long.MaxValue;
        if (filter.Cursor is { } cursor && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return ValueTask.FromException<JobPage>(new JobException(JobErrorCodes.InvalidOption, $"'{cursor}' is not a cursor of this storage. Pass the NextCursor of the page before."));

        var parts = (filter.IncludePayload ? JobParts.Payload : JobParts.None) | (filter.IncludeResult ? JobParts.Result : JobParts.None);
        var found = new List<(JobSnapshot Snapshot, byte[] Payload, byte[]? Result)>();
        string? next = null;
        lock (_gate)
        {
            var now = Now();
            var match = new JobMatch(filter, now);
            var toSkip = filter.Offset;
            var last = 0L;
            for (var entry = _jobs.FindBefore(before); entry is not null; entry = _jobs.FindBefore(entry.Sequence))
            {
                if (!match.Matches(entry) || toSkip-- > 0)
                    continue;

                if (found.Count == filter.Limit)
                {
                    next = last.ToString(CultureInfo.InvariantCulture);
                    break;
                }

                last = entry.Sequence;
                found.Add((SnapshotMaker.Describe(entry, now, _lanes.Gates), entry.Payload, entry.Result));
            }
        }

        return ValueTask.FromResult(new JobPage(found.ConvertAll(f => SnapshotMaker.AddParts(f.Snapshot, parts, f.Payload, f.Result)), next));
    }

    public ValueTask<long> CountAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<long>(cancellationToken);

        var count = 0L;
        lock (_gate)
        {
            var match = new JobMatch(filter, Now());
            for (var entry = _jobs.FindBefore(long.MaxValue); entry is not null; entry = _jobs.FindBefore(entry.Sequence))
            {
                if (match.Matches(entry))
                    count++;
            }
        }

        return ValueTask.FromResult(count);
    }
}
