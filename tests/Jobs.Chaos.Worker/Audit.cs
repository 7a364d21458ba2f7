using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Jobs.Chaos;

/// <summary>The application's own tables in the database of the jobs: what its handlers did.</summary>
internal sealed class Audit(DbDataSource dataSource)
{
    public const string RunTable = "audit_run";
    public const string EffectTable = "audit_effect";

    /// <summary>Notes a run on a connection of its own: done at least once, possibly more often.</summary>
    public async Task NoteRunAsync(JobContext context, Work work)
    {
        await using var connection = await OpenAsync(CancellationToken.None);
        await InsertAsync(connection, null, RunTable, context, work);
        new Report("ran", context.JobId.ToString(), context.JobName, work.Number, context.Attempt).Say();
    }

    /// <summary>Has an effect inside the caller's transaction.</summary>
    public static Task AffectAsync(DbTransaction transaction, JobContext context, Work work) =>
        InsertAsync(transaction.Connection!, transaction, EffectTable, context, work);

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (connection is SqliteConnection)
        {
            // Many handlers of several processes write to one file: SQLite's own waiting is finer than the provider's.
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout = 20000; PRAGMA synchronous = NORMAL";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return connection;
    }

    private static async Task InsertAsync(DbConnection connection, DbTransaction? transaction, string table, JobContext context, Work work)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {table} (job, number, attempt, process) VALUES (@job, @number, @attempt, @process)";
        Add("job", context.JobId.ToString());
        Add("number", work.Number);
        Add("attempt", context.Attempt);
        Add("process", Environment.ProcessId);
        await command.ExecuteNonQueryAsync(CancellationToken.None);

        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }
}
