using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public ValueTask<bool> SetPausedAsync(PauseScope scope, string key, bool isPaused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Writer.RunAsync(session => session.Pauses.Set(scope, key, isPaused), cancellationToken);
    }

    public ValueTask<IReadOnlyList<JobPause>> ListPausesAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<JobPause>>(
        static session =>
        {
            var pauses = new List<JobPause>();
            var read = session.Statements["read-pauses"];
            while (read.Step())
                pauses.Add(new JobPause((PauseScope)read.Int64(0), read.Text(1), StorageTime.To(read.Int64(2))));

            return pauses;
        },
        cancellationToken);

    public ValueTask<JobStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        var now = _options.TimeProvider.GetUtcNow();
        return Read(
            session =>
            {
                var statistics = new JobStatisticsBuilder();
                var open = session.Statements["count-open"].Bind(1, StorageTime.From(now));
                while (open.Step())
                    statistics.AddOpen(open.Text(0), (JobStatus)open.Int64(1), open.Int64(2));

                var ends = session.Statements["read-ends"];
                while (ends.Step())
                {
                    var (status, endedAt) = ((JobStatus)ends.Int64(1), ends.Int64(2));
                    var startedAt = status == JobStatus.Completed ? ends.NullableInt64(3) : null;
                    statistics.AddEnded(
                        ends.Text(0),
                        status,
                        StorageTime.To(endedAt),
                        startedAt is { } start ? TimeSpan.FromTicks(endedAt - start) : null,
                        startedAt is { } first && ends.Int64(4) == 1 ? TimeSpan.FromTicks(first - ends.Int64(5)) : null);
                }

                return statistics.Build(now);
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<QueueInfo>> ListQueuesAsync(CancellationToken cancellationToken)
    {
        var now = StorageTime.From(_options.TimeProvider.GetUtcNow());
        return Read<IReadOnlyList<QueueInfo>>(
            session =>
            {
                var queues = new List<QueueInfo>();
                var read = session.Statements["list-queues"].Bind(1, now);
                while (read.Step())
                {
                    TimeSpan? age = read.NullableInt64(3) is { } oldest && oldest <= now ? TimeSpan.FromTicks(now - oldest) : null;
                    queues.Add(new QueueInfo(read.Text(0), read.Int64(4) != 0, read.Int64(1), read.Int64(2), age));
                }

                return queues;
            },
            cancellationToken);
    }
}
