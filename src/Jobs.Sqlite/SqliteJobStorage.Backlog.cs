using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public ValueTask<IReadOnlyList<QueueBacklog>> GetBacklogAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<QueueBacklog>>(
        session =>
        {
            var now = StorageTime.From(_options.TimeProvider.GetUtcNow());
            var queues = new List<QueueBacklog>();
            var read = session.Statements["read-backlog"].Bind(1, now);
            while (read.Step())
                queues.Add(new QueueBacklog(read.Text(0), read.Int64(1), TimeSpan.FromTicks(Math.Max(0, now - read.Int64(2)))));

            return queues;
        },
        cancellationToken);
}
