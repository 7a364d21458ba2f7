using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public ValueTask<ChangeOutcome> ChangeAsync(JobId id, JobAction action, CancellationToken cancellationToken) =>
        Writer.RunAsync(session => session.Changer.Change(id, action), cancellationToken);

    public ValueTask<ChangeOutcome> EditAsync(JobId id, JobChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Writer.RunAsync(session => session.Changer.Edit(id, change), cancellationToken);
    }

    public ValueTask<JobRecord?> GetRecordAsync(JobId id, CancellationToken cancellationToken) => Read(
        session =>
        {
            if (session.Ids.Find(id) is not { } found)
                return null;

            var row = session.Statements["find-record"].Bind(1, found.Job);
            var record = row.Step() ? RecordReader.Read(row.Text(17), row.Text(18), row, JobPolicy.Parse(row.Text(4))) : null;
            row.Reset();
            return record;
        },
        cancellationToken);

    public async ValueTask<BulkProgress> ChangeManyAsync(BulkChange request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        // Found by a reader, which holds nobody up however long it looks; the writer's transaction looks again at each job's place.
        var now = StorageTime.From(_options.TimeProvider.GetUtcNow());
        var jobs = await Read(session => Select(session, request, now), cancellationToken).ConfigureAwait(false);
        if (jobs.Count == 0)
            return new BulkProgress(0, null);

        var changed = await Writer.RunAsync(session => Change(session, request, jobs), cancellationToken, weight: jobs.Count).ConfigureAwait(false);
        return new BulkProgress(changed, jobs.Count < request.BatchSize ? null : JobQuery.FormatCursor(jobs[^1]));
    }

    private static List<long> Select(ReadSession session, BulkChange request, long now)
    {
        if (new JobBlocks(request.Filter, now) is { IsBounded: true } blocks)
            return new JobSearch(session, blocks).Find(request, now);

        using var row = new JobQuery(EmbeddedSql.Statement("select-jobs"), firstParameter: 1).Where(request.Filter, now).WhereFit(request, now).Batch(request).Prepare(session);
        var jobs = new List<long>();
        while (row.Step())
            jobs.Add(row.Int64(0));

        return jobs;
    }

    private static int Change(WriteSession session, BulkChange request, List<long> jobs)
    {
        var changed = 0;
        foreach (var job in jobs)
        {
            if (session.Places.IsIn(job, request.Filter.Status) && !(request.Filter.IsUnfinished && session.Places.HasEnded(job)) && (request.EndedFor is not { } age || session.Changer.HasEndedFor(job, age)) && session.Changer.Change(job, request.Action))
                changed++;
        }

        return changed;
    }
}
