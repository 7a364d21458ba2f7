using Microsoft.Data.Sqlite;

namespace Jobs.Sqlite;

/// <summary>A connection for reading, with its statements.</summary>
internal sealed class ReadSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private SqliteStatement? _snapshotOfJob;

    public ReadSession(SqliteConnection connection, TimeProvider timeProvider)
    {
        _connection = connection;
        Statements = new StatementSet(connection.Handle!);
        Statements.Execute("PRAGMA query_only = ON");
        Ids = new JobIdResolver(Statements);
        Snapshots = new SnapshotReader(Statements, timeProvider);
    }

    public StatementSet Statements { get; }

    public JobIdResolver Ids { get; }

    public SnapshotReader Snapshots { get; }

    /// <summary>The snapshot of one job.</summary>
    public SqliteStatement SnapshotOfJob => _snapshotOfJob ??= Prepare(EmbeddedSql.Statement("snapshot") + "WHERE j.job = ?3");

    /// <summary>Prepares a statement that was put together; the caller disposes it.</summary>
    public SqliteStatement Prepare(string sql) => new(_connection.Handle!, sql);

    public void Dispose()
    {
        Statements.Dispose();
        _snapshotOfJob?.Dispose();
        _connection.Dispose();
    }
}
