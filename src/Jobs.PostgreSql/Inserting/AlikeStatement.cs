using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>
/// Jobs that have everything in common but their payloads, idempotency keys and details, as the functions enqueue_alike and, with keys,
/// enqueue_keyed take them: what most calls have, whether of one job or of a thousand.
/// </summary>
internal static class AlikeStatement
{
    /// <summary>Whether these jobs are of that kind.</summary>
    public static bool Fits(IReadOnlyList<JobRecord> jobs)
    {
        var first = jobs[0];
        JobDetails? keyed = null;
        for (var i = 0; i < jobs.Count; i++)
        {
            var job = jobs[i];
            if (job.Details is { } details)
            {
                if (details.Id is not null || details.IsGated || details.IsDependent)
                    return false;

                if (details.IdempotencyKey is not null && (keyed ??= details).IdempotencyWindow != details.IdempotencyWindow)
                    return false;
            }

            if (i > 0 && !(job.Name == first.Name && job.Queue == first.Queue && job.Priority == first.Priority && ReferenceEquals(job.Policy, first.Policy) && job.RunAt == first.RunAt && job.Delay == first.Delay))
                return false;
        }

        return true;
    }

    /// <param name="parameters">Those of the statement.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="channel">Where the commit tells of them; null for nowhere.</param>
    public static void AddTo(NpgsqlParameterCollection parameters, IReadOnlyList<JobRecord> jobs, string? channel)
    {
        var job = jobs[0];
        parameters.Add(PostgreSqlStorage.Parameter(InsertStatement.PackSize));
        parameters.Add(PostgreSqlStorage.Parameter(job.Name));
        parameters.Add(PostgreSqlStorage.Parameter(job.Queue));
        parameters.Add(PostgreSqlStorage.Parameter(job.Priority));
        parameters.Add(PostgreSqlStorage.Parameter(JobColumns.PolicyOf(job)));
        parameters.Add(PostgreSqlStorage.Parameter(JobColumns.KeepOf(job)));
        parameters.Add(PostgreSqlStorage.Parameter(JobColumns.KeepFailedOf(job)));
        parameters.Add(PostgreSqlStorage.Parameter(JobColumns.RunAtOf(job)));
        parameters.Add(PostgreSqlStorage.Parameter(JobColumns.DelayOf(job)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.Of(jobs, static j => j.Payload)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(jobs, static j => j.Details?.IdempotencyKey)));
        parameters.Add(PostgreSqlStorage.Parameter(jobs.FirstOrDefault(static j => j.Details?.IdempotencyKey is not null) is { } keyed ? JobColumns.WindowOf(keyed) : null));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(jobs, static j => j.Details?.Submitter)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(jobs, JobColumns.TagsOf)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(jobs, JobColumns.MetadataOf)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(jobs, static j => j.Details?.TraceParent)));
        parameters.Add(PostgreSqlStorage.Parameter(Columns.OfAny(jobs, static j => j.Details?.ScheduleId)));
        parameters.Add(PostgreSqlStorage.Parameter(channel));
    }

    /// <inheritdoc cref="AddTo"/>
    public static void AddKeyedTo(NpgsqlParameterCollection parameters, IReadOnlyList<JobRecord> jobs, string? channel)
    {
        AddTo(parameters, jobs, channel);
        parameters.Add(PostgreSqlStorage.Parameter(jobs.All(static j => j.Details is not { OnDuplicate: not OnDuplicate.Keep }) ? null : Columns.Of(jobs, static j => (short)(j.Details?.OnDuplicate ?? OnDuplicate.Keep))));
    }
}
