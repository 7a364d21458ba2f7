using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public async ValueTask AppendEventsAsync(IReadOnlyList<JobEvent> events, TimeSpan retention, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        await Writer.RunAsync(
            session =>
            {
                foreach (var told in events)
                    Insert(session, told);

                session.Statements["trim-events"].Bind(1, session.Now - retention.Ticks).Run();
                return true;
            },
            cancellationToken,
            weight: events.Count,
            isRelaxed: true).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<JobEvent>> ReadEventsAsync(JobEventQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read<IReadOnlyList<JobEvent>>(
            session =>
            {
                var events = new List<JobEvent>();
                var read = session.Statements[query.JobId is null ? "read-events" : "read-events-of-job"].Bind(1, query.AfterSequence).Bind(2, query.Limit);
                if (query.JobId is { } id)
                    read.Bind(3, IssuedId.Bytes(id));

                while (read.Step())
                    events.Add(ReadEvent(read));

                return events;
            },
            cancellationToken);
    }

    public ValueTask<long> GetLastEventAsync(CancellationToken cancellationToken) => Read(
        static session =>
        {
            var read = session.Statements["last-event"];
            if (!read.Step())
                return 0L;

            var last = read.Int64(0);
            read.Reset();
            return last;
        },
        cancellationToken);

    private static void Insert(WriteSession session, JobEvent told)
    {
        var insert = session.Statements["insert-event"]
            .Bind(1, session.Now)
            .Bind(2, StorageTime.From(told.At))
            .Bind(3, (long)told.Kind)
            .Bind(4, told.JobId is { } id ? IssuedId.Bytes(id) : null)
            .Bind(5, told.JobName)
            .Bind(6, told.Queue)
            .Bind(7, JsonColumns.Format(told.Tags))
            .Bind(8, told.Attempt)
            .Bind(9, told.WillRetry ? 1 : 0)
            .Bind(10, ReasonText.Format(told.Reason))
            .Bind(11, told.Message);
        if (told.Progress is { } progress)
            insert.Bind(12, progress);
        else
            insert.BindNull(12);

        insert.Run();
    }

    private static JobEvent ReadEvent(SqliteStatement row) => new()
    {
        Sequence = row.Int64(0),
        At = StorageTime.To(row.Int64(1)),
        Kind = (JobEventKind)row.Int32(2),
        JobId = row.Blob(3) is { Length: 16 } id ? new JobId(new Guid(id, bigEndian: true)) : null,
        JobName = row.NullableText(4),
        Queue = row.NullableText(5),
        Tags = JsonColumns.ListOrEmpty(row.NullableText(6)),
        Attempt = row.Int32(7),
        WillRetry = row.Int32(8) != 0,
        Reason = ReasonText.Parse(row.NullableText(9)),
        Message = row.NullableText(10),
        Progress = row.IsNull(11) ? null : row.Double(11),
    };
}
