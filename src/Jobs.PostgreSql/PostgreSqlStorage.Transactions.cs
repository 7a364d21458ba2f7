using System.Data.Common;
using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    private readonly SemaphoreSlim _controlTurn = new(1);

    /// <summary>
    /// A connection that is held from the first use on. What is done beside a transaction of the application needs one while that holds another;
    /// were it taken from the pool each time, as many callers as the pool has connections would wait for each other for ever.
    /// </summary>
    private NpgsqlConnection? _control;

    public async ValueTask<bool> CompleteInTransactionAsync(JobOutcome outcome, DbTransaction transaction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var own = await OwnAsync(transaction, cancellationToken).ConfigureAwait(false);
            if (await FindPlaceAsync(outcome.Id, cancellationToken).ConfigureAwait(false) is not { } place
                || await ControlAsync(connection => DetachAsync(connection, place, outcome.Lease), cancellationToken).ConfigureAwait(false) is not { } held)
            {
                return false;
            }

            var command = new NpgsqlCommand($"SELECT {_schema}.complete_detached($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)", own.Connection!);
            await using (command.ConfigureAwait(false))
            {
                AddPlace(command.Parameters, place, outcome.Lease);
                command.Parameters.Add(Parameter(held.Attempt));
                command.Parameters.Add(Parameter(held.Worker));
                command.Parameters.Add(Parameter(held.ClaimedAt));
                command.Parameters.Add(Parameter(held.Keep));
                command.Parameters.Add(Parameter(ResultFrame.Write([outcome.Result])));
                command.Parameters.Add(Parameter(held.Name));
                command.Parameters.Add(Parameter(held.Queue));
                command.Parameters.Add(Parameter(held.Rank));
                command.Parameters.Add(Parameter(_channel));
                return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            }
        }
        catch (Exception e) when (e is not (JobException or OperationCanceledException) && !StorageErrors.IsForTheCallersStrategy(e))
        {
            throw StorageErrors.Translate(e);
        }
    }

    public async ValueTask<bool> WasCompletedAsync(JobId id, JobLease lease, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(id, cancellationToken).ConfigureAwait(false) is not { } place)
            return false;

        var completed = await RunAsync(
            (Sql: $"SELECT {_schema}.was_completed($1,$2,$3,$4)", place, lease),
            static async (state, connection) =>
            {
                var command = new NpgsqlCommand(state.Sql, connection);
                await using (command.ConfigureAwait(false))
                {
                    AddPlace(command.Parameters, state.place, state.lease);
                    return (bool)(await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false))!;
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (completed)
        {
            _chosen.TryRemove(id, out _);
            _signals.JobEnded(id);
        }

        return completed;
    }

    /// <summary>Runs a statement beside a transaction of the application, on the connection that is held for this.</summary>
    private async ValueTask<T> ControlAsync<T>(Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        await _controlTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_control is { FullState: not System.Data.ConnectionState.Open } broken)
            {
                _control = null;
                await broken.DisposeAsync().ConfigureAwait(false);
            }

            _control ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            return await action(_control).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (JobException or OperationCanceledException))
        {
            throw StorageErrors.Translate(e);
        }
        finally
        {
            _controlTurn.Release();
        }
    }

    private async Task<Detached?> DetachAsync(NpgsqlConnection connection, JobPlace place, JobLease lease)
    {
        var command = new NpgsqlCommand($"SELECT attempt + 1, worker, claimed_at, keep, name, queue, rank FROM {_schema}.detach($1,$2,$3,$4)", connection);
        await using (command.ConfigureAwait(false))
        {
            AddPlace(command.Parameters, place, lease);
            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false)
                    ? new Detached(
                        reader.GetInt32(0), reader.GetString(1), reader.GetDateTime(2), reader.IsDBNull(3) ? null : reader.GetInt64(3),
                        reader.GetString(4), reader.GetString(5), reader.GetInt32(6))
                    : null;
            }
        }
    }

    private static void AddPlace(NpgsqlParameterCollection parameters, JobPlace place, JobLease lease)
    {
        parameters.Add(Parameter(place.Pack));
        parameters.Add(Parameter(place.Slot));
        parameters.Add(Parameter(lease.Token));
        parameters.Add(Parameter(lease.Nonce));
    }

    /// <summary>What the completion of a detached job needs to know, read outside the handler's transaction, which may not see it.</summary>
    private sealed record Detached(int Attempt, string Worker, DateTime ClaimedAt, long? Keep, string Name, string Queue, int Rank);
}
