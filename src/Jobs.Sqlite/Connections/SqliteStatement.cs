using System.Text;
using SQLitePCL;

namespace Jobs.Sqlite;

/// <summary>
/// A prepared statement. It speaks to SQLite directly, because on the hot path the command, parameter and reader objects of ADO.NET
/// would cost as much as the statements themselves. Parameters and columns are numbered as in SQLite: from 1, and from 0.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>The number of rows that the last <see cref="Run"/> changed.</summary>
    public int Changes => raw.sqlite3_changes(_connection);

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, long? value) => value is { } number ? Bind(parameter, number) : BindNull(parameter);

    public SqliteStatement Bind(int parameter, double value)
    {
        Check(raw.sqlite3_bind_double(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
            return BindNull(parameter);

        Check(raw.sqlite3_bind_text(_statement, parameter, Encoding.UTF8.GetBytes(value)));
        return this;
    }

    /// <summary>Binds bytes; an empty array is stored as null, which saves telling the two apart in every row.</summary>
    public SqliteStatement Bind(int parameter, byte[]? value)
    {
        if (value is null or [])
            return BindNull(parameter);

        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    public SqliteStatement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Lets go of what was bound.</summary>
    public void ClearBindings() => raw.sqlite3_clear_bindings(_statement);

    /// <summary>Goes to the next row; false, and ready to be bound again, when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;

        if (code == raw.SQLITE_DONE)
        {
            Reset();
            return false;
        }

        var failure = SqliteErrors.From(_connection, code);
        Reset();
        throw failure;
    }

    /// <summary>Runs the statement to its end.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Ends the reading of rows before the last one.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int32(int column) => raw.sqlite3_column_int(_statement, column);

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public string Text(int column) => NullableText(column) ?? "";

    public string? NullableText(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public byte[]? Blob(int column) => IsNull(column) ? null : raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw SqliteErrors.From(_connection, code);
    }
}
