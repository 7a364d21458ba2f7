using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public async ValueTask<IReadOnlyList<JobId>> WriteStepsAsync(IReadOnlyList<StepWrite> steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lost = new List<JobId>();
        var placed = new List<(StepWrite Step, JobPlace Place)>(steps.Count);
        foreach (var step in steps)
        {
            if (await FindPlaceAsync(step.Id, cancellationToken).ConfigureAwait(false) is { } place)
                placed.Add((step, place));
            else
                lost.Add(step.Id);
        }

        var refused = await RunAsync(
            (Sql: $"SELECT * FROM {_schema}.write_steps($1,$2,$3,$4,$5,$6,$7,$8,$9)", placed),
            static (state, connection) => ReadIndexesAsync(
                state.Sql,
                connection,
                Parameter(state.placed.Select(p => p.Place.Pack).ToArray()),
                Parameter(state.placed.Select(p => p.Place.Slot).ToArray()),
                Parameter(state.placed.Select(p => p.Step.Lease.Token).ToArray()),
                Parameter(state.placed.Select(p => p.Step.Lease.Nonce).ToArray()),
                Parameter(state.placed.Select(p => p.Step.Name).ToArray()),
                Parameter(state.placed.Select(p => (short)p.Step.Kind).ToArray()),
                Parameter(state.placed.Select(p => p.Step.Value).ToArray()),
                Parameter(state.placed.Select(p => (long)Math.Ceiling(p.Step.Delay.TotalMilliseconds)).ToArray()),
                Parameter(state.placed.Select(p => p.Step.Secret).ToArray())),
            cancellationToken).ConfigureAwait(false);
        lost.AddRange(refused.Select(i => placed[i - 1].Step.Id));
        return lost;
    }

    public async ValueTask<IReadOnlyList<StoredStep>?> ReadStepsAsync(JobId id, CancellationToken cancellationToken)
    {
        var place = Ids.Decode(id);
        var rows = await ListAsync(
            $"""
            SELECT t.name, t.kind, t.stored_at, t.due_at, t.secret, t.value, t.due_at <= (SELECT {_schema}.clock())
            FROM {_schema}.locate($1, $2, $3) p
            LEFT JOIN LATERAL (SELECT t.* FROM {_schema}.step t WHERE t.pack = p.pack AND t.slot = p.slot) t ON true
            WHERE p.pack IS NOT NULL
            ORDER BY t.stored_at, t.name
            """,
            ReadStep,
            cancellationToken,
            Parameter(id.Value),
            Parameter(place?.Pack),
            Parameter(place?.Slot)).ConfigureAwait(false);

        // A job without steps is one empty row.
        return rows.Count == 0 ? null : [.. rows.OfType<StoredStep>()];
    }

    public async ValueTask<JobWaitCompletion> CompleteWaitAsync(JobWaitToken token, byte[] value, CancellationToken cancellationToken)
    {
        var place = Ids.Decode(token.JobId);
        var answer = await ScalarAsync<int>(
            $"SELECT coalesce({_schema}.complete_wait(p.pack, p.slot, $4, $5), 0) FROM {_schema}.locate($1,$2,$3) p",
            cancellationToken,
            Parameter(token.JobId.Value),
            Parameter(place?.Pack),
            Parameter(place?.Slot),
            Parameter(token.Secret),
            Parameter(value)).ConfigureAwait(false);
        var completion = (JobWaitCompletion)answer;
        if (completion == JobWaitCompletion.Completed)
            SignalReady();

        return completion;
    }

    private static StoredStep? ReadStep(NpgsqlDataReader reader)
    {
        if (reader.IsDBNull(0))
            return null;

        var kind = (JobStepKind)reader.GetInt16(1);
        var value = reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5);
        return new StoredStep(
            reader.GetString(0),
            kind,
            StoredStep.StatusOf(kind, value is not null, !reader.IsDBNull(6) && reader.GetBoolean(6)),
            reader.GetDateTime(2),
            reader.IsDBNull(3) ? null : reader.GetDateTime(3),
            reader.IsDBNull(4) ? null : reader.GetGuid(4),
            value);
    }
}
