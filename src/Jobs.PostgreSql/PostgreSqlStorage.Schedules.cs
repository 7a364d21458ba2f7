using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public async ValueTask<ScheduleReading> ReadSchedulesAsync(ScheduleQuery query, CancellationToken cancellationToken) =>
        await RunAsync((Storage: this, query), static (state, connection) => state.Storage.ReadSchedulesAsync(connection, state.query), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<bool>> WriteSchedulesAsync(IReadOnlyList<ScheduleWrite> writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (writes.Count == 0)
            return [];

        var written = await RunAsync((Storage: this, writes), static (state, connection) => state.Storage.WriteSchedulesAsync(connection, state.writes), cancellationToken).ConfigureAwait(false);
        var accepted = writes.Where((_, i) => written[i]).ToList();
        if (accepted.Exists(static write => write.Jobs.Count > 0))
            _signals.JobsReady();

        if (accepted.Exists(static write => write.IsAnnounced))
        {
            _signals.SchedulesChanged();
            _announcer.Announce(Notification.Format(Notification.Schedules, _sender));
        }

        return written;
    }

    private async Task<ScheduleReading> ReadSchedulesAsync(NpgsqlConnection connection, ScheduleQuery query)
    {
        const string Columns = "s.id, s.version, s.job_name, s.due_at, s.is_waiting";
        var command = new NpgsqlCommand(
            query.IsDue
                ? $"SELECT now, id, version, job_name, due_at, is_waiting, open_jobs, document FROM {_schema}.read_due_schedules($1)"
                : $"""
                  SELECT t.now, {Columns}, {_schema}.unfinished_of(s.open_jobs), s.document
                  FROM (SELECT (SELECT {_schema}.clock()) AS now) t
                  LEFT JOIN (
                      SELECT q.* FROM {_schema}.schedule q
                      WHERE ($2::text IS NULL OR q.id = $2) AND ($3::text IS NULL OR q.job_name = $3) AND ($4::text IS NULL OR q.id > $4)
                      ORDER BY q.id LIMIT $1) s ON true
                  """,
            connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(Parameter(query.Limit));
            if (!query.IsDue)
            {
                command.Parameters.Add(Parameter(query.Id));
                command.Parameters.Add(Parameter(query.JobName));
                command.Parameters.Add(Parameter(query.AfterId));
            }

            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                return await ReadAsync(reader, query).ConfigureAwait(false);
        }
    }

    private static async Task<ScheduleReading> ReadAsync(NpgsqlDataReader reader, ScheduleQuery query)
    {
        var now = default(DateTimeOffset);
        DateTimeOffset? next = null;
        var found = new List<StoredSchedule>();
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            now = reader.GetDateTime(0);
            DateTimeOffset? due = reader.IsDBNull(4) ? null : reader.GetDateTime(4);
            if (reader.IsDBNull(1))
            {
                next = due;
                continue;
            }

            found.Add(new StoredSchedule
            {
                Id = reader.GetString(1),
                Version = reader.GetInt64(2),
                JobName = reader.GetString(3),
                DueAt = due,
                IsWaiting = reader.GetBoolean(5),
                OpenJobs = Array.ConvertAll(reader.GetFieldValue<Guid[]>(6), static id => new JobId(id)),
                Document = reader.GetString(7),
            });
        }

        if (!query.IsDue)
            found.Sort(static (x, y) => string.CompareOrdinal(x.Id, y.Id));

        return new ScheduleReading(now, found, query.IsDue && next is { } at ? at - now : null);
    }

    /// <summary>The fences first, in one transaction with the jobs of those writes that got through.</summary>
    private async Task<bool[]> WriteSchedulesAsync(NpgsqlConnection connection, IReadOnlyList<ScheduleWrite> writes)
    {
        var order = Enumerable.Range(0, writes.Count).OrderBy(i => writes[i].Id, StringComparer.Ordinal).ToArray();
        var sorted = Array.ConvertAll(order, i => writes[i]);
        var written = new bool[writes.Count];
        var transaction = await connection.BeginTransactionAsync(CancellationToken.None).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var jobs = new List<JobRecord>();
            foreach (var index in await WriteRowsAsync(connection, sorted).ConfigureAwait(false))
            {
                written[order[index - 1]] = true;
                jobs.AddRange(sorted[index - 1].Jobs);
            }

            if (jobs.Count > 0)
                ThrowConflicts(jobs, await StoreAsync(connection, jobs, _noParents, atomic: true, _sender, CancellationToken.None).ConfigureAwait(false));

            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return written;
    }

    private async Task<int[]> WriteRowsAsync(NpgsqlConnection connection, ScheduleWrite[] writes)
    {
        var command = new NpgsqlCommand($"SELECT {_schema}.write_schedules($1,$2,$3,$4,$5,$6,$7,$8,$9)", connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(Parameter(Array.ConvertAll(writes, static w => (string?)w.Id)));
            command.Parameters.Add(Parameter(Array.ConvertAll(writes, static w => w.ExpectedVersion)));
            command.Parameters.Add(Parameter(Array.ConvertAll(writes, static w => w.NotAfter?.UtcDateTime)));
            command.Parameters.Add(Parameter(Array.ConvertAll(writes, static w => w.Schedule?.Version)));
            command.Parameters.Add(Parameter(Array.ConvertAll(writes, static w => w.Schedule?.JobName)));
            command.Parameters.Add(Parameter(Array.ConvertAll(writes, static w => w.Schedule?.DueAt?.UtcDateTime)));
            command.Parameters.Add(Typed(NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Boolean, Array.ConvertAll(writes, static w => w.Schedule?.IsWaiting ?? false)));
            command.Parameters.Add(Parameter(Array.ConvertAll(writes, static w => w.Schedule is { } schedule ? "{" + string.Join(',', schedule.OpenJobs) + "}" : null)));
            command.Parameters.Add(Parameter(Array.ConvertAll(writes, static w => w.Schedule?.Document)));
            return (int[])(await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false))!;
        }
    }
}
