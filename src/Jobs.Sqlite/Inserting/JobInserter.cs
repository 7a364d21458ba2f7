using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Stores jobs, or meets those that have their id or key already.</summary>
internal sealed class JobInserter(WriteSession session)
{
    /// <exception cref="JobConflictException">The id belongs to a job of another name.</exception>
    public InsertedJob Insert(JobRecord record)
    {
        if (record.Details is { } details)
        {
            RefuseUnknownDependencies(record.Name, details);
            if (FindExisting(record.Name, details) is { } existing)
                return new InsertedJob(existing, WasDeduplicated: true);
        }

        var lane = session.Lanes.GetOrAdd(record.Queue, record.Name);
        var job = ++session.LastJob;
        var tail = Random.Shared.NextInt64(long.MinValue, long.MaxValue);
        long? runAt = record.RunAt is { } time ? StorageTime.From(time)
            : record.Delay > TimeSpan.Zero ? StorageTime.After(session.Now, record.Delay)
            : null;

        var statement = session.Statements[record.Details is null ? "insert-job" : "insert-detailed-job"]
            .Bind(1, job)
            .Bind(2, tail)
            .Bind(3, lane.Number)
            .Bind(4, record.Priority)
            .Bind(5, session.Now)
            .Bind(6, runAt)
            .Bind(7, session.Places.Policies.Format(record.Policy))
            .Bind(8, record.Payload);
        if (record.Details is not null)
            BindDetails(statement, record.Details);

        statement.Run();
        session.Marks.Note(job, lane.Number, record.Priority, record.Details);
        if (record.Details is not null)
            session.Keys.Take(job, record.Name, record.Details.Id, record.Details.IdempotencyKey, record.Details.IdempotencyWindow);

        if (record.Details is { DependsOn.Count: > 0 } dependent && !session.Links.Link(job, dependent.DependsOn))
        {
            session.Links.Wait(job, runAt ?? session.Now, runs: 0, takeovers: 0, dependencies: 1);
            session.Links.FailDoomed();
        }
        else
        {
            session.Places.Await(job, lane.Number, record.Priority, runAt ?? session.Now, runs: 0, takeovers: 0, JobGates.Of(record.Details));
        }

        return new InsertedJob(record.Details?.Id ?? IssuedId.Make(job, tail), WasDeduplicated: false);
    }

    private JobId? FindExisting(string name, JobDetails details)
    {
        if (details.Id is { } id && session.Keys.FindName(id) is { } existing)
            return existing == name ? id : throw new JobConflictException(id, name, existing);

        if (details.IdempotencyKey is not { } key || session.Keys.FindByIdempotencyKey(name, key) is not { } met)
            return null;

        if (details.OnDuplicate == OnDuplicate.Keep)
            return met.Id;

        if (session.Canceller.CancelPending(met.Id, met.Job))
            return null;

        return details.OnDuplicate == OnDuplicate.Debounce ? null : met.Id;
    }

    private void RefuseUnknownDependencies(string name, JobDetails details)
    {
        foreach (var dependency in details.DependsOn)
        {
            if (dependency == details.Id)
                throw new JobException(JobErrorCodes.InvalidOption, $"Job '{name}' {dependency} is to depend on itself and would never run. Nothing was stored.", dependency);

            if (session.Keys.Resolve(dependency) is null)
                throw new JobNotFoundException(name, dependency);
        }
    }

    private static void BindDetails(SqliteStatement statement, JobDetails details) => statement
        .Bind(9, details.Id is { } id ? IssuedId.Bytes(id) : null)
        .Bind(10, details.IdempotencyKey)
        .Bind(11, details.Submitter)
        .Bind(12, JsonColumns.Format(details.Tags))
        .Bind(13, JsonColumns.Format(details.Metadata))
        .Bind(14, details.TraceParent)
        .Bind(15, details.ScheduleId)
        .Bind(16, details.ConcurrencyKey)
        .Bind(17, details.ConcurrencyKey is null ? null : (long?)details.KeyConcurrency)
        .Bind(18, details.OrderingKey)
        .Bind(19, details.FairnessKey)
        .Bind(20, details.Lifo ? 1 : (long?)null);
}
