using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    /// <summary>Of how many jobs each worker is told by their ids that they are to be cancelled; the rest is found by polling, within a second.</summary>
    private const int MaxAnnouncedCancels = 100;

    public async ValueTask<ChangeOutcome> ChangeAsync(JobId id, JobAction action, CancellationToken cancellationToken)
    {
        if (action == JobAction.Cancel)
        {
            return await CancelAsync(id, cancellationToken).ConfigureAwait(false) switch
            {
                CancelOutcome.NotFound => ChangeOutcome.NotFound,
                CancelOutcome.AlreadyEnded => ChangeOutcome.WrongState,
                _ => ChangeOutcome.Done,
            };
        }

        var place = Ids.Decode(id);
        var answer = await ScalarAsync<int>(
            $"SELECT coalesce({_schema}.change(p.pack, p.slot, $4), 0) FROM {_schema}.locate($1,$2,$3) p",
            cancellationToken,
            Parameter(id.Value),
            Parameter(place?.Pack),
            Parameter(place?.Slot),
            Parameter((int)action)).ConfigureAwait(false);
        var outcome = (ChangeOutcome)answer;
        if (outcome == ChangeOutcome.Done)
            SignalChange(action, id);

        return outcome;
    }

    public async ValueTask<ChangeOutcome> EditAsync(JobId id, JobChange change, CancellationToken cancellationToken)
    {
        var place = Ids.Decode(id);
        var answer = await ScalarAsync<int>(
            $"SELECT coalesce({_schema}.edit(p.pack, p.slot, $4, $5, $6, $7, $8), 0) FROM {_schema}.locate($1,$2,$3) p",
            cancellationToken,
            Parameter(id.Value),
            Parameter(place?.Pack),
            Parameter(place?.Slot),
            Parameter(change.Name),
            Parameter(change.Payload),
            Parameter(change.RunAt?.UtcDateTime),
            Parameter(change.Priority),
            Parameter(change.Tags is null ? null : (string[])[.. change.Tags])).ConfigureAwait(false);
        if (answer == (int)ChangeOutcome.Done)
            SignalReady();

        return (ChangeOutcome)answer;
    }

    public async ValueTask<JobRecord?> GetRecordAsync(JobId id, CancellationToken cancellationToken) =>
        await RunAsync(
            (Storage: this, id),
            static async (state, connection) =>
            {
                var (schema, place) = (state.Storage._schema, state.Storage.Ids.Decode(state.id));
                var command = new NpgsqlCommand(
                    $"""
                    SELECT NULL, NULL, NULL, j.name, j.queue, j.priority, NULL, NULL, NULL, j.run_at, j.policy, j.payload,
                        j.id, j.idempotency_key, j.submitter, j.tags, j.metadata::text, j.trace_parent,
                        CASE WHEN coalesce(j.concurrency_key, j.ordering_key, j.fairness_key, j.lifo::text) IS NOT NULL
                            THEN ARRAY[j.concurrency_key, j.key_concurrency::text, j.ordering_key, j.fairness_key, j.lifo::text] END
                    FROM {schema}.locate($1, $2, $3) p JOIN {schema}.job j ON j.pack = p.pack AND j.slot = p.slot
                    """,
                    connection)
                { Parameters = { Parameter(state.id.Value), Parameter(place?.Pack), Parameter(place?.Slot) } };
                await using (command.ConfigureAwait(false))
                {
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                        return await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false) ? ReadRecord(reader) : null;
                }
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<BulkProgress> ChangeManyAsync(BulkChange request, CancellationToken cancellationToken)
    {
        var cursor = request.Cursor is null ? (JobPlace?)null : Text.ParseCursor(request.Cursor) ?? throw NoCursor(request.Cursor);
        var sql = new BulkSql(_schema, request);
        if (!sql.IsPossible)
            return new BulkProgress(0, null);

        // Found by a statement of its own, which holds no locks however long it looks; the change looks again where each job is.
        var runs = await RunAsync((sql, cursor), static (state, connection) => SelectAsync(state.sql.Select(connection, state.cursor)), cancellationToken).ConfigureAwait(false);
        if (runs.Count == 0)
            return new BulkProgress(0, null);

        var changed = await RunAsync((Storage: this, sql, runs), static (state, connection) => state.Storage.ChangeAsync(state.sql.Change(connection, state.runs)), cancellationToken).ConfigureAwait(false);
        if (changed > 0)
            SignalChange(request.Action, null);

        return new BulkProgress(changed, runs.Count < request.BatchSize ? null : Text.FormatCursor(runs.Last));
    }

    private static JobRecord ReadRecord(NpgsqlDataReader reader) => new()
    {
        Name = reader.GetString(3),
        Queue = reader.GetString(4),
        Priority = reader.GetInt32(5),
        RunAt = reader.IsDBNull(9) ? null : reader.GetDateTime(9),
        Policy = JobPolicy.Parse(reader.IsDBNull(10) ? null : reader.GetString(10)),
        Payload = reader.GetFieldValue<byte[]>(11),
        Details = ClaimReader.ReadDetails(reader),
    };

    private static async Task<JobRuns> SelectAsync(NpgsqlCommand command)
    {
        var runs = new JobRuns();
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                    runs.Add(new JobPlace(reader.GetInt64(0), reader.GetInt32(1)));
            }
        }

        return runs;
    }

    /// <summary>How many jobs were changed; cancelling answers whom it has to tell as well.</summary>
    private async Task<int> ChangeAsync(NpgsqlCommand command)
    {
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                var changed = reader.GetInt32(0);
                if (reader.FieldCount == 1 || reader.IsDBNull(1))
                    return changed;

                var (packs, slots) = (reader.GetFieldValue<long[]>(1), reader.GetFieldValue<int[]>(2));

                // Jobs under ids of their callers are found by the poll as well.
                for (var i = 0; i < Math.Min(packs.Length, MaxAnnouncedCancels); i++)
                    AnnounceCancel(Ids.Encode(new JobPlace(packs[i], slots[i])));

                return changed + packs.Length;
            }
        }
    }

    /// <param name="action">What was done.</param>
    /// <param name="id">To which job; null for several.</param>
    private void SignalChange(JobAction action, JobId? id)
    {
        if (action is JobAction.Retry or JobAction.Promote)
        {
            SignalReady();
            return;
        }

        _signals.JobEnded(id);
        AnnounceEnded();
    }

    private void AnnounceCancel(JobId id)
    {
        _signals.CancelRequested(id);
        _announcer.Announce(Notification.Format(Notification.Cancel, id.ToString()));
    }

    private static JobException NoCursor(string cursor) =>
        new(JobErrorCodes.InvalidOption, $"'{cursor}' is not a cursor of this storage. Pass the NextCursor of the page before.");
}
