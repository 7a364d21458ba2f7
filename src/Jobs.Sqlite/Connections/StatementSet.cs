using SQLitePCL;

namespace Jobs.Sqlite;

/// <summary>The prepared statements of one connection, each prepared when it is first needed. Not for several threads at once.</summary>
internal sealed class StatementSet(sqlite3 connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>The statement of Sql/<paramref name="name"/>.sql.</summary>
    public SqliteStatement this[string name]
    {
        get
        {
            if (!_statements.TryGetValue(name, out var statement))
            {
                statement = new SqliteStatement(connection, EmbeddedSql.Statement(name));
                _statements.Add(name, statement);
            }

            return statement;
        }
    }

    /// <summary>Runs something that is not worth keeping prepared.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(connection, sql);
        if (code != raw.SQLITE_OK)
            throw SqliteErrors.From(connection, code);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();

        _statements.Clear();
    }
}
