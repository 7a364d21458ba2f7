using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    private const int MaxPage = 1000;

    public ValueTask<JobSnapshot?> GetAsync(JobId id, JobParts parts, CancellationToken cancellationToken) => Read(
        session =>
        {
            if (session.Ids.Find(id) is not { } found)
                return null;

            var row = session.SnapshotOfJob
                .Bind(1, parts.HasFlag(JobParts.Payload) ? 1 : 0)
                .Bind(2, parts.HasFlag(JobParts.Result) ? 1 : 0)
                .Bind(3, found.Job);
            var snapshot = row.Step() ? session.Snapshots.Read(row) : null;
            row.Reset();
            return snapshot;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<JobId>> GetEndedAsync(IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Read<IReadOnlyList<JobId>>(session => ids.Where(id => IsGone(session, id)).ToList(), cancellationToken);

        static bool IsGone(ReadSession session, JobId id)
        {
            if (session.Ids.Find(id) is not { } found)
                return true;

            var read = session.Statements["is-ended"].Bind(1, found.Job);
            var isEnded = read.Step();
            read.Reset();
            return isEnded;
        }
    }

    public ValueTask<IReadOnlyList<JobId>> GetCancelRequestsAsync(string workerId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(workerId);
        return Read<IReadOnlyList<JobId>>(
            session =>
            {
                var ids = new List<JobId>();
                var read = session.Statements["read-cancelled-leases"].Bind(1, workerId);
                while (read.Step())
                    ids.Add(IssuedId.Of(read.Int64(0), read.Int64(1), read.Blob(2)));

                return ids;
            },
            cancellationToken);
    }

    public ValueTask<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Limit is < 1 or > MaxPage || filter.Offset < 0)
            throw new JobException(JobErrorCodes.InvalidOption, $"JobFilter.Limit must be between 1 and {MaxPage}, and Offset not negative; they are {filter.Limit} and {filter.Offset}.");

        var now = StorageTime.From(_options.TimeProvider.GetUtcNow());
        return Read(
            session =>
            {
                if (new JobBlocks(filter, now) is { IsBounded: true } blocks)
                    return ReadPage(session, filter, new JobSearch(session, blocks).Find(filter, now));

                using var row = new JobQuery(EmbeddedSql.Statement("snapshot"), firstParameter: 3).Where(filter, now).Page(filter).Prepare(session);
                row.Bind(1, filter.IncludePayload ? 1 : 0).Bind(2, filter.IncludeResult ? 1 : 0);
                var jobs = new List<JobSnapshot>();
                long last = 0;
                while (row.Step())
                {
                    if (jobs.Count == filter.Limit)
                        return new JobPage(jobs, JobQuery.FormatCursor(last));

                    jobs.Add(session.Snapshots.Read(row));
                    last = row.Int64((int)SnapshotColumn.Job);
                }

                return new JobPage(jobs, null);
            },
            cancellationToken);
    }

    public ValueTask<long> CountAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var now = StorageTime.From(_options.TimeProvider.GetUtcNow());
        return Read(
            session =>
            {
                if (new JobBlocks(filter, now) is { IsBounded: true } blocks)
                    return new JobSearch(session, blocks).Count(filter, now);

                using var row = new JobQuery(EmbeddedSql.Statement("count"), firstParameter: 1).Where(filter, now).Prepare(session);
                return row.Step() ? row.Int64(0) : 0;
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<WorkerInfo>>(
        static session =>
        {
            var workers = new List<WorkerInfo>();
            var read = session.Statements["list-workers"];
            while (read.Step())
            {
                workers.Add(new WorkerInfo(
                    read.Text(0), read.Text(1), read.NullableText(2), StorageTime.To(read.Int64(3)), StorageTime.To(read.Int64(4)), read.Int32(5), JsonColumns.ListOrEmpty(read.Text(6))));
            }

            return workers;
        },
        cancellationToken);

    private static JobPage ReadPage(ReadSession session, JobFilter filter, List<long> found)
    {
        var jobs = new List<JobSnapshot>();
        var row = session.SnapshotOfJob.Bind(1, filter.IncludePayload ? 1 : 0).Bind(2, filter.IncludeResult ? 1 : 0);
        foreach (var job in found.Skip(filter.Offset).Take(filter.Limit))
        {
            if (row.Bind(3, job).Step())
                jobs.Add(session.Snapshots.Read(row));

            row.Reset();
        }

        var end = (long)filter.Offset + filter.Limit;
        return new JobPage(jobs, found.Count > end ? JobQuery.FormatCursor(found[(int)end - 1]) : null);
    }

    /// <summary>Reads on the caller's thread: SQLite has no asynchronous reading, and another thread's time would be no cheaper.</summary>
    private ValueTask<TResult> Read<TResult>(Func<ReadSession, TResult> read, CancellationToken cancellationToken)
    {
        if (_writer is null)
            throw new InvalidOperationException("The jobs storage has not been initialized.");

        return ValueTask.FromResult(_readers.Read(read, cancellationToken));
    }
}
