using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    /// <summary>Connections of callers that were found to lead to the jobs, by host, port and database.</summary>
    private readonly ConcurrentDictionary<(string? Host, int Port, string Database), bool> _sameDatabase = [];

    /// <summary>A caller's transaction, which must be one of the database that holds the jobs.</summary>
    private async ValueTask<NpgsqlTransaction> OwnAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (transaction is not NpgsqlTransaction npgsql)
            throw Foreign($"The transaction is a {transaction.GetType().Name}; jobs are in PostgreSQL, so pass an NpgsqlTransaction of their database (with EF Core: Database.CurrentTransaction.GetDbTransaction()).");

        NpgsqlConnection? connection;
        try
        {
            connection = npgsql.Connection;
        }
        catch (ObjectDisposedException)
        {
            connection = null;
        }

        if (connection is null)
            throw Foreign("The transaction is no longer open. Enqueue before it is committed or rolled back.");

        if (!await IsOwnAsync(connection, cancellationToken).ConfigureAwait(false))
            throw Foreign($"The transaction is of database '{connection.Database}', which does not hold these jobs. Only a transaction of the jobs' own database can be shared.");

        return npgsql;
    }

    /// <summary>
    /// Whether a connection leads to this installation, by its signature: hosts and ports say little, since the same database may
    /// be reached through a pooler or by another name.
    /// </summary>
    private async ValueTask<bool> IsOwnAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var way = (connection.Host, connection.Port, connection.Database);
        if (_sameDatabase.ContainsKey(way))
            return true;

        // Asked in two steps, neither of which can fail and thereby break the caller's transaction.
        var exists = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { Parameter($"{_schema}.installation") } };
        await using (exists.ConfigureAwait(false))
        {
            if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!)
                return false;
        }

        var same = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {_schema}.installation WHERE signature = $1)", connection) { Parameters = { Parameter(Ids.Signature) } };
        await using (same.ConfigureAwait(false))
        {
            var isSame = (bool)(await same.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            if (isSame)
                _sameDatabase.TryAdd(way, true);

            return isSame;
        }
    }

    private static JobException Foreign(string message) => new(JobErrorCodes.ForeignTransaction, message);
}
