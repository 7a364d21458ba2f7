using System.Collections.Concurrent;
using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    /// <summary>How often a claim that found only what others were looking at looks again.</summary>
    private const int MaxLooks = 5;
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(1);

    /// <summary>Places of claimed jobs whose ids were chosen by callers, so that their outcomes need no look-up.</summary>
    private readonly ConcurrentDictionary<JobId, JobPlace> _chosen = [];
    private readonly ConcurrentDictionary<string, LaneFronts> _fronts = new(StringComparer.Ordinal);
    private readonly RangeStarts _starts = new();
    private ClaimReader? _claims;

    public async ValueTask ExchangeAsync(WorkExchange exchange, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var dispositions = new OutcomeDisposition[exchange.Outcomes.Count];
        var settle = exchange.Outcomes.Count == 0 ? null : SettleStatement.Of(exchange.Outcomes, await PlaceAsync(exchange.Outcomes, cancellationToken).ConfigureAwait(false), _starts.IsEmpty ? null : _starts);
        if (settle is { Count: 0 })
            settle = null;

        var look = 0;
        while (await ExchangeAsync(exchange, settle, dispositions, cancellationToken).ConfigureAwait(false) && ++look < MaxLooks)
        {
            // Jobs are there, and other claims are choosing among them: they are done in less than this.
            await Task.Delay(_lookAgain, CancellationToken.None).ConfigureAwait(false);
            settle = null;
            cancellationToken = CancellationToken.None;
        }

        exchange.Dispositions.AddRange(dispositions);
        if (exchange.Outcomes.Count > 0)
            Signal(exchange, dispositions);
    }

    /// <summary>One round trip: outcomes, then the claim, in one transaction. True when there are jobs that others were looking at.</summary>
    private async ValueTask<bool> ExchangeAsync(WorkExchange exchange, SettleStatement? settle, OutcomeDisposition[] dispositions, CancellationToken cancellationToken)
    {
        if (settle is null && exchange.MaxJobs <= 0)
            return false;

        var unreadable = new List<JobOutcome>();
        var isContended = await RunAsync(
            (Storage: this, exchange, settle, dispositions, unreadable),
            static (state, connection) => state.Storage.SendAsync(connection, state.exchange, state.settle, state.dispositions, state.unreadable),
            cancellationToken).ConfigureAwait(false);

        // A run is stored as a whole or not at all. When some of its jobs are no longer held, or are to be cancelled, each job
        // is asked about by itself.
        if (settle?.Split(dispositions) is { } singles)
        {
            await RunAsync(
                (Storage: this, singles, dispositions),
                static (state, connection) => state.Storage.SettleAsync(connection, state.singles, state.dispositions),
                CancellationToken.None).ConfigureAwait(false);
        }

        if (unreadable.Count > 0)
            await FailAsync(unreadable).ConfigureAwait(false);

        return isContended && exchange.Claimed.Count == 0;
    }

    private async ValueTask FailAsync(List<JobOutcome> unreadable)
    {
        var settle = SettleStatement.Of(unreadable, await PlaceAsync(unreadable, CancellationToken.None).ConfigureAwait(false), null);
        await RunAsync(
            (Storage: this, settle, new OutcomeDisposition[unreadable.Count]),
            static (state, connection) => state.Storage.SettleAsync(connection, state.settle, state.Item3),
            CancellationToken.None).ConfigureAwait(false);
        foreach (var outcome in unreadable)
        {
            _chosen.TryRemove(outcome.Id, out _);
            _signals.JobEnded(outcome.Id);
        }

        AnnounceEnded();
    }

    private async Task<bool> SendAsync(NpgsqlConnection connection, WorkExchange exchange, SettleStatement? settle, OutcomeDisposition[] dispositions, List<JobOutcome> unreadable)
    {
        exchange.Claimed.Clear();
        unreadable.Clear();
        exchange.NextDueIn = null;
        var nonce = Random.Shared.NextInt64();
        var laneFronts = _fronts.GetOrAdd(exchange.WorkerId, static (_, options) => new LaneFronts(options.Time, options.SlowWalks), _options);
        var look = exchange.MaxJobs > 0 ? laneFronts.Take() : null;
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            if (settle is not null)
                batch.BatchCommands.Add(SettleCommand(settle));

            if (look is not null)
                batch.BatchCommands.Add(ClaimCommand(exchange, nonce, look));

            var reader = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (settle is not null)
                {
                    await ReadDispositionsAsync(reader, settle, dispositions).ConfigureAwait(false);
                    await reader.NextResultAsync(CancellationToken.None).ConfigureAwait(false);
                }

                return look is not null
                    && await (_claims ??= new ClaimReader(Ids, _chosen, _starts)).ReadAsync(reader, exchange, nonce, laneFronts, look, unreadable).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> SettleAsync(NpgsqlConnection connection, SettleStatement settle, OutcomeDisposition[] dispositions)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { SettleCommand(settle) } };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                await ReadDispositionsAsync(reader, settle, dispositions).ConfigureAwait(false);
        }

        return true;
    }

    private NpgsqlBatchCommand SettleCommand(SettleStatement settle)
    {
        var command = new NpgsqlBatchCommand($"SELECT * FROM {_schema}.settle($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,0)");
        settle.AddTo(command.Parameters);
        return command;
    }

    private NpgsqlBatchCommand ClaimCommand(WorkExchange exchange, long nonce, Look look)
    {
        var fronts = look.Fronts;
        var command = new NpgsqlBatchCommand($"SELECT * FROM {_schema}.claim($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27)");
        var (names, queues) = (exchange.NameLimits, exchange.QueueLimits);
        command.Parameters.Add(Parameter(exchange.WorkerId));
        command.Parameters.Add(Parameter(nonce));
        command.Parameters.Add(Parameter(exchange.MaxJobs));
        command.Parameters.Add(Parameter([.. exchange.Names.Distinct()]));
        command.Parameters.Add(Parameter(exchange.Queues is null ? null : (string[])[.. exchange.Queues]));
        command.Parameters.Add(Parameter(names.Count == 0 ? null : (string[])[.. names.Keys]));
        command.Parameters.Add(Parameter(names.Count == 0 ? null : (int[])[.. names.Values]));
        command.Parameters.Add(Parameter(queues.Count == 0 ? null : (string[])[.. queues.Keys]));
        command.Parameters.Add(Parameter(queues.Count == 0 ? null : (int[])[.. queues.Values]));
        command.Parameters.Add(Parameter(fronts is null ? null : Array.ConvertAll(fronts, f => f.Name)));
        command.Parameters.Add(Parameter(fronts is null ? null : Array.ConvertAll(fronts, f => f.Queue)));
        command.Parameters.Add(Parameter(fronts is null ? null : Array.ConvertAll(fronts, f => f.Rank)));
        command.Parameters.Add(Parameter(fronts is null ? null : Array.ConvertAll(fronts, f => (DateTime?)f.DueAt)));
        command.Parameters.Add(Parameter(fronts is null ? null : Array.ConvertAll(fronts, f => f.Pack)));
        command.Parameters.Add(Parameter(fronts is null ? null : Array.ConvertAll(fronts, f => f.Hi)));
        command.Parameters.Add(Parameter(look.IsWide));
        command.Parameters.Add(Parameter(look.Since));
        command.Parameters.Add(Parameter(_options.SlowWalk));
        command.Parameters.Add(Parameter(look.IsShort));
        SharedLimitParameters.AddTo(command.Parameters, exchange.SharedLimits);
        return command;
    }

    private static async Task ReadDispositionsAsync(NpgsqlDataReader reader, SettleStatement settle, OutcomeDisposition[] dispositions)
    {
        // What an attempt was told that was rolled back afterwards and runs again is not true any more.
        settle.Forget(dispositions);
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var disposition = reader.GetInt16(1) switch
            {
                1 => OutcomeDisposition.Stored,
                2 => OutcomeDisposition.Cancelled,
                _ => OutcomeDisposition.Rejected,
            };
            settle.Apply(reader.GetInt32(0) - 1, disposition, dispositions);
        }
    }

    /// <summary>Where the jobs of outcomes are. Those that are nowhere are left out: their outcomes stay rejected.</summary>
    private async ValueTask<PlacedOutcome[]> PlaceAsync(List<JobOutcome> outcomes, CancellationToken cancellationToken)
    {
        var placed = new PlacedOutcome[outcomes.Count];
        var count = 0;
        for (var i = 0; i < placed.Length; i++)
        {
            if (await FindPlaceAsync(outcomes[i].Id, cancellationToken).ConfigureAwait(false) is { } place)
                placed[count++] = new PlacedOutcome(i, place, outcomes[i].Lease);
        }

        return count == placed.Length ? placed : placed[..count];
    }

    private async ValueTask<JobPlace?> FindPlaceAsync(JobId id, CancellationToken cancellationToken)
    {
        if (!_chosen.IsEmpty && _chosen.TryGetValue(id, out var known))
            return known;

        return Ids.Decode(id) ?? await LocateAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<JobPlace?> LocateAsync(JobId id, CancellationToken cancellationToken) =>
        await RunAsync(
            (Sql: $"SELECT pack, slot FROM {_schema}.locate($1, NULL, NULL)", id),
            static async (state, connection) =>
            {
                var command = new NpgsqlCommand(state.Sql, connection) { Parameters = { Parameter(state.id.Value) } };
                await using (command.ConfigureAwait(false))
                {
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                        return reader.IsDBNull(0) ? (JobPlace?)null : new JobPlace(reader.GetInt64(0), reader.GetInt32(1));
                    }
                }
            },
            cancellationToken).ConfigureAwait(false);

    private void Signal(WorkExchange exchange, OutcomeDisposition[] dispositions)
    {
        var (ended, readied, hasStarts) = (false, false, !_starts.IsEmpty);
        for (var i = 0; i < dispositions.Length; i++)
        {
            var outcome = exchange.Outcomes[i];
            if (hasStarts && ((_chosen.TryGetValue(outcome.Id, out var chosen) ? chosen : Ids.Decode(outcome.Id)) is { } place))
                _starts.Remove(place);

            if (!_chosen.IsEmpty)
                _chosen.TryRemove(outcome.Id, out _);

            if (dispositions[i] == OutcomeDisposition.Rejected)
                continue;

            var isEnd = dispositions[i] == OutcomeDisposition.Cancelled || outcome.Kind is JobOutcomeKind.Completed or JobOutcomeKind.Failed or JobOutcomeKind.Cancelled;

            // A job that failed may have left a letter.
            readied |= (!isEnd && outcome.Delay <= TimeSpan.Zero) || outcome.Kind is JobOutcomeKind.Failed;
            ended |= isEnd;
            if (isEnd)
                _signals.JobEnded(outcome.Id);
        }

        if (ended)
            AnnounceEnded();

        if (readied)
            SignalReady();
    }
}
