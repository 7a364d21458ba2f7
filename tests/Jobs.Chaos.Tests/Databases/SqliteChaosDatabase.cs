using System.Data.Common;
using Jobs.Sqlite.Tests;
using Microsoft.Data.Sqlite;

namespace Jobs.Chaos.Tests.Databases;

/// <summary>A SQLite file in a folder of its own.</summary>
internal sealed class SqliteChaosDatabase : ChaosDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-chaos-").FullName;

    public override string Storage => "sqlite";

    public override string ConnectionString => $"Data Source={Path.Combine(_folder, "jobs.db")}";

    public override Task CreateAuditTablesAsync()
    {
        Execute(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE audit_run (job TEXT NOT NULL, number INTEGER NOT NULL, attempt INTEGER NOT NULL, process INTEGER NOT NULL);
            CREATE TABLE audit_effect (job TEXT NOT NULL, number INTEGER NOT NULL, attempt INTEGER NOT NULL, process INTEGER NOT NULL);
            """);
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> FindViolationsAsync()
    {
        using var connection = Open();
        return Task.FromResult(Invariants.FindViolations(connection));
    }

    public override bool IsAway(DbException exception) => false;

    // SQLite's lock is the kernel's: a process that dies drops it, one that is stopped in the middle of a transaction keeps it.
    public override Task<bool> IsBlockedAsync()
    {
        try
        {
            Execute("BEGIN IMMEDIATE; ROLLBACK", timeout: 1);
            return Task.FromResult(false);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return Task.FromResult(true);
        }
    }

    public override Task<bool> IsDeclaredDeadAsync(int processId) => Task.FromResult(
        Read("SELECT count(*) FROM jobs_worker WHERE state = 1 AND id LIKE @id", static row => row.GetInt64(0), ("id", $"%:{processId}:%"))[0] > 0);

    public override Task<long> CountUnfinishedAsync(string exceptName) => Task.FromResult(
        Read("SELECT count(*) FROM jobs WHERE state NOT IN ('completed', 'failed', 'cancelled') AND name <> @name", static row => row.GetInt64(0), ("name", exceptName))[0]);

    public override Task<int> SpoilPayloadsAsync(string name) => Task.FromResult(
        Execute("""UPDATE jobs_job SET payload = CAST('{"number":"no' AS BLOB) WHERE lane IN (SELECT lane FROM jobs_lane WHERE name = @name)""", ("name", name)));

    public override Task<IReadOnlyList<JobState>> ReadJobsAsync() => Task.FromResult<IReadOnlyList<JobState>>(Read(
        """
        SELECT v.id, v.name, v.state, e.reason, v.result, CASE v.state WHEN 'completed' THEN v.worker END
        FROM jobs v LEFT JOIN jobs_ended e USING (job)
        """,
        static row => new JobState(row.GetString(0), row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4), Text(row, 5))));

    // One process writes at a time, so the time of the claim orders the runs.
    public override Task<IReadOnlyList<JobRun>> ReadRunsAsync() => Task.FromResult<IReadOnlyList<JobRun>>(Read(
        """
        SELECT v.id, x.started_at, x.number, x.kind, w.id, NULL
        FROM jobs_run x JOIN jobs v USING (job) JOIN jobs_worker w USING (worker)
        UNION ALL
        SELECT v.id, e.started_at, e.runs, 0, w.id, e.token || '/' || e.nonce
        FROM jobs_ended e JOIN jobs v USING (job) JOIN jobs_worker w ON w.worker = e.worker
        WHERE e.status = 3
        """,
        static row => new JobRun(row.GetString(0), row.GetInt64(1), row.GetInt32(2), End(row.GetInt32(3)), row.GetString(4), Text(row, 5))));

    public override Task<IReadOnlyList<AuditRow>> ReadAuditAsync(string table) => Task.FromResult<IReadOnlyList<AuditRow>>(Read(
        $"SELECT job, number, attempt, process FROM {table}",
        static row => new AuditRow(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3))));

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static RunEnd End(int kind) => kind == 100 ? RunEnd.TakenOver : (RunEnd)kind;

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }

    private int Execute(string sql, params (string Name, object Value)[] parameters) => Execute(sql, timeout: 30, parameters);

    private int Execute(string sql, int timeout, params (string Name, object Value)[] parameters)
    {
        using var connection = Open();
        using var command = Command(connection, sql, parameters);
        command.CommandTimeout = timeout;
        return command.ExecuteNonQuery();
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        using var connection = Open();
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));

        return rows;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);

        return command;
    }
}
