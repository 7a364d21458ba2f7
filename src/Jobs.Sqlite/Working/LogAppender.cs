using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Appends lines to the logs of their jobs, under the fence of the attempt that wrote them.</summary>
internal sealed class LogAppender(WriteSession session)
{
    /// <summary>The indexes of the lines that were refused.</summary>
    public List<int> Append(IReadOnlyList<JobLogLine> lines, int maxLines)
    {
        var refused = new List<int>();
        var logs = new Dictionary<(JobId, JobLease), OpenLog?>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (!logs.TryGetValue((line.Id, line.Lease), out var log))
                logs[(line.Id, line.Lease)] = log = Open(line.Id, line.Lease);

            if (log is null)
            {
                refused.Add(i);
                continue;
            }

            session.Statements["insert-log-line"]
                .Bind(1, log.Job)
                .Bind(2, ++log.Last)
                .Bind(3, StorageTime.From(line.At))
                .Bind(4, (long)line.Level)
                .Bind(5, line.Attempt)
                .Bind(6, line.Message)
                .Bind(7, line.Fields is { } fields ? JsonColumns.Format(fields) : null)
                .Run();
        }

        foreach (var log in logs.Values)
        {
            if (log is not null && log.Last > maxLines)
                session.Statements["trim-log"].Bind(1, log.Job).Bind(2, log.Last - maxLines).Run();
        }

        return refused;
    }

    private OpenLog? Open(JobId id, JobLease lease)
    {
        if (session.Keys.Resolve(id) is not { } job)
            return null;

        var holds = session.Statements["holds-or-completed"].Bind(1, job).Bind(2, lease.Token).Bind(3, lease.Nonce);
        if (!holds.Step())
            return null;

        holds.Reset();
        session.HasAnnexes = true;
        var last = session.Statements["last-log-line"].Bind(1, job);
        var log = new OpenLog(job, last.Step() ? last.NullableInt64(0) ?? 0 : 0);
        last.Reset();
        return log;
    }

    private sealed class OpenLog(long job, long last)
    {
        public long Job => job;

        public long Last { get; set; } = last;
    }
}
