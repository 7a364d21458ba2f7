using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public ValueTask<bool> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken) =>
        ScalarAsync<bool>(
            $"SELECT {_schema}.heartbeat($1,$2,$3,$4,$5,$6)",
            cancellationToken,
            Parameter(heartbeat.WorkerId),
            Parameter(heartbeat.Host),
            Parameter(heartbeat.Version),
            Parameter(Milliseconds(heartbeat.LeaseDuration)),
            Parameter([.. heartbeat.Names]),
            Parameter([.. heartbeat.Queues]));

    public async ValueTask RetireWorkerAsync(string workerId, CancellationToken cancellationToken)
    {
        await ScalarAsync<object?>($"SELECT {_schema}.retire($1)", cancellationToken, Parameter(workerId)).ConfigureAwait(false);
        _fronts.TryRemove(workerId, out _);
        SignalReady();
        _signals.JobEnded(null);
        AnnounceEnded();
    }

    public async ValueTask ReleaseUnknownAsync(string workerId, IReadOnlyCollection<JobLease> known, CancellationToken cancellationToken)
    {
        var leases = known.Distinct().ToArray();
        await ScalarAsync<object?>(
            $"SELECT {_schema}.give_back($1,$2,$3)",
            cancellationToken,
            Parameter(workerId),
            Parameter(Array.ConvertAll(leases, static l => l.Token)),
            Parameter(Array.ConvertAll(leases, static l => l.Nonce))).ConfigureAwait(false);
        SignalReady();
        _signals.JobEnded(null);
        AnnounceEnded();
    }

    public async ValueTask<MaintenanceReport> MaintainAsync(MaintenanceRequest request, CancellationToken cancellationToken)
    {
        var report = await RunAsync(
            (Storage: this, request),
            static (state, connection) => state.Storage.MaintainAsync(connection, state.request),
            cancellationToken).ConfigureAwait(false);
        var surplus = await RemoveSurplusAsync(request, cancellationToken).ConfigureAwait(false);
        report = report with { Removed = report.Removed + surplus, IsDone = report.IsDone && surplus < request.BatchSize };

        if (report.TakenOver > 0)
            SignalReady();

        if (report.TakenOver + report.Stalled + report.Orphaned > 0)
        {
            _signals.JobEnded(null);
            AnnounceEnded();
        }

        return report;
    }

    public async ValueTask<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken) =>
        await RunAsync(
            $"""
            SELECT w.id, w.host, w.version, w.started_at, w.seen_at, w.queues,
                coalesce((SELECT sum(l.hi - l.lo + 1) FROM {_schema}.lease l WHERE l.worker = w.id), 0)::integer
            FROM {_schema}.worker w WHERE w.dead_at IS NULL ORDER BY w.started_at, w.id
            """,
            static async (sql, connection) =>
            {
                var workers = new List<WorkerInfo>();
                var command = new NpgsqlCommand(sql, connection);
                await using (command.ConfigureAwait(false))
                {
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                        {
                            workers.Add(new WorkerInfo(
                                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                                reader.GetDateTime(3), reader.GetDateTime(4), reader.GetInt32(6), reader.GetFieldValue<string[]>(5)));
                        }
                    }
                }

                return workers;
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<JobId>> ReportProgressAsync(IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lost = new HashSet<int>();
        var found = new List<(int Index, ProgressReport Report, JobPlace Place)>(reports.Count);
        for (var i = 0; i < reports.Count; i++)
        {
            if (await FindPlaceAsync(reports[i].Id, cancellationToken).ConfigureAwait(false) is { } place)
                found.Add((i, reports[i], place));
            else
                lost.Add(i);
        }

        var indexes = await RunAsync(
            (Sql: $"SELECT * FROM {_schema}.report_progress($1,$2,$3,$4,$5,$6,$7)", found),
            static (state, connection) => ReadIndexesAsync(
                state.Sql,
                connection,
                Parameter(Columns.Of(state.found, f => f.Place.Pack)),
                Parameter(Columns.Of(state.found, f => f.Place.Slot)),
                Parameter(Columns.Of(state.found, f => f.Report.Lease.Token)),
                Parameter(Columns.Of(state.found, f => f.Report.Lease.Nonce)),
                Parameter(Columns.Of(state.found, f => f.Report.Percent)),
                Parameter(Columns.Of(state.found, f => Text.Clean(f.Report.Message))),
                Parameter(Columns.Of(state.found, f => Text.Clean(f.Report.Data)))),
            cancellationToken).ConfigureAwait(false);
        foreach (var i in indexes)
            lost.Add(found[i - 1].Index);

        return Columns.Of([.. lost.Order()], i => reports[i].Id);
    }

    private async Task<MaintenanceReport> MaintainAsync(NpgsqlConnection connection, MaintenanceRequest request)
    {
        var command = new NpgsqlCommand($"SELECT moved, taken_over, stalled, orphaned, removed FROM {_schema}.maintain($1,$2,$3,$4)", connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(Parameter(request.MaxTakeovers));
            command.Parameters.Add(Parameter(Milliseconds(request.NoHandlerGrace)));
            command.Parameters.Add(Parameter(request.BatchSize));
            command.Parameters.Add(Parameter(_reachability.ReachableFor is { } time ? Milliseconds(time) : (long?)null));
            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                var (moved, takenOver, stalled) = (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
                var (orphaned, removed) = (reader.GetInt32(3), reader.GetInt32(4));
                var isDone = moved < request.BatchSize && takenOver + stalled < request.BatchSize && orphaned < request.BatchSize && removed < request.BatchSize;
                return new MaintenanceReport(takenOver, stalled, orphaned, removed, isDone);
            }
        }
    }

    private static async Task<List<int>> ReadIndexesAsync(string sql, NpgsqlConnection connection, params NpgsqlParameter[] parameters)
    {
        var indexes = new List<int>();
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.AddRange(parameters);
            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                    indexes.Add(reader.GetInt32(0));
            }
        }

        return indexes;
    }
}
