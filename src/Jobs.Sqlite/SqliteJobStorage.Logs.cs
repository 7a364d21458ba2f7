using System.Collections.Frozen;
using Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public ValueTask<IReadOnlyList<int>> AppendLogsAsync(IReadOnlyList<JobLogLine> lines, int maxLines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return Writer.RunAsync<IReadOnlyList<int>>(session => session.Logs.Append(lines, maxLines), cancellationToken, weight: lines.Count, isRelaxed: true);
    }

    public ValueTask<JobLogPage?> ReadLogsAsync(JobId id, long afterLine, int limit, CancellationToken cancellationToken) => Read(
        session =>
        {
            if (session.Ids.Find(id) is not { } found)
                return null;

            var entries = new List<JobLogEntry>();
            var read = session.Statements["read-log"].Bind(1, found.Job).Bind(2, afterLine).Bind(3, limit);
            while (read.Step())
            {
                entries.Add(new JobLogEntry(read.Int64(0), StorageTime.To(read.Int64(1)), (LogLevel)read.Int32(2), read.Text(3), read.Int32(4))
                {
                    Fields = read.NullableText(5) is { } fields ? JsonColumns.MapOrEmpty(fields) : FrozenDictionary<string, string>.Empty,
                });
            }

            var ended = session.Statements["is-ended"].Bind(1, found.Job);
            var hasEnded = ended.Step();
            ended.Reset();
            return new JobLogPage(entries, hasEnded);
        },
        cancellationToken);
}
