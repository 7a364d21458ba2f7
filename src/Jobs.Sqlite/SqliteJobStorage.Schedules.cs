using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public ValueTask<ScheduleReading> ReadSchedulesAsync(ScheduleQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(session => ScheduleReader.Read(session, query, _options.TimeProvider.GetUtcNow()), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<bool>> WriteSchedulesAsync(IReadOnlyList<ScheduleWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        var answer = await Writer.RunAsync<IReadOnlyList<bool>>(
            session =>
            {
                var written = new bool[writes.Count];
                for (var i = 0; i < written.Length; i++)
                    written[i] = ScheduleWriter.Write(session, writes[i]);

                return written;
            },
            cancellationToken,
            weight: Math.Max(1, writes.Count)).ConfigureAwait(false);
        if (writes.Any(static write => write.IsAnnounced))
            _listeners.TellOfSchedules();

        return answer;
    }
}
