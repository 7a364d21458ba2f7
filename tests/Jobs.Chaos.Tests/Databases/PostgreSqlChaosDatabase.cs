using System.Data.Common;
using Npgsql;

namespace Jobs.Chaos.Tests.Databases;

/// <summary>A database of its own on the tests' server.</summary>
/// <param name="connectionString">Straight to the server.</param>
internal sealed class PostgreSqlChaosDatabase(string connectionString) : ChaosDatabase
{
    /// <summary>Tells the connections of the tests apart from those of the application, which are fair game.</summary>
    public const string ApplicationName = "chaos";

    // One connection, once open: it stays when the server has no other left.
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = ApplicationName, MaxPoolSize = 1 });

    public override string Storage => "postgresql";

    // A statement that got no answer in five seconds is a broken connection here.
    public override string ConnectionString => new NpgsqlConnectionStringBuilder(connectionString) { Timeout = 5, CommandTimeout = 5, MaxPoolSize = 15 }.ConnectionString;

    public override async Task CreateAuditTablesAsync() => await ExecuteAsync(
        """
        CREATE TABLE audit_run (job text NOT NULL, number integer NOT NULL, attempt integer NOT NULL, process integer NOT NULL);
        CREATE TABLE audit_effect (job text NOT NULL, number integer NOT NULL, attempt integer NOT NULL, process integer NOT NULL);
        """);

    public override async Task<IReadOnlyList<string>> FindViolationsAsync() =>
        await ReadAsync("SELECT violation FROM jobs.violations LIMIT 20", static row => row.GetString(0));

    public override bool IsAway(DbException exception) =>
        exception.IsTransient || exception.InnerException is IOException or TimeoutException || exception.SqlState?.StartsWith("57P", StringComparison.Ordinal) == true;

    public override Task<bool> IsBlockedAsync() => Task.FromResult(false);

    public override async Task<bool> IsDeclaredDeadAsync(int processId) =>
        (await ReadAsync("SELECT count(*) FROM jobs.worker WHERE dead_at IS NOT NULL AND id LIKE @id", static row => row.GetInt64(0), ("id", $"%:{processId}:%")))[0] > 0;

    public override async Task<long> CountUnfinishedAsync(string exceptName) =>
        (await ReadAsync("SELECT count(*) FROM jobs.job_state WHERE status < 3 AND name <> @name", static row => row.GetInt64(0), ("name", exceptName)))[0];

    public override Task<int> SpoilPayloadsAsync(string name) =>
        ExecuteAsync("""UPDATE jobs.job SET payload = convert_to('{"number":"no', 'UTF8') WHERE name = @name""", ("name", name));

    public override async Task<IReadOnlyList<JobState>> ReadJobsAsync() => await ReadAsync(
        "SELECT id::text, name, lower(status), nullif(failure_reason, 'None'), result, CASE status WHEN 'Completed' THEN worker END FROM jobs.jobs",
        static row => new JobState(row.GetString(0), row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4), Text(row, 5)));

    /// <summary>Ends all schedules, by a change of their versions, which fences off whoever is about to fire.</summary>
    public Task EndSchedulesAsync() => ExecuteAsync("UPDATE jobs.schedule SET due_at = NULL, version = version + 1");

    /// <summary>Every schedule with its document and the number of jobs that are its ticks.</summary>
    public async Task<IReadOnlyList<(string Id, string Document, long Jobs)>> ReadSchedulesAsync() => await ReadAsync(
        "SELECT s.id, s.document, (SELECT count(*) FROM jobs.job j WHERE j.schedule_id = s.id) FROM jobs.schedule s",
        static row => (row.GetString(0), row.GetString(1), row.GetInt64(2)));

    public override async Task<IReadOnlyList<JobRun>> ReadRunsAsync() => await ReadAsync(
        """
        SELECT coalesce(j.id, jobs.job_id(j.pack, j.slot))::text, a.token, a.number, a.outcome::integer, a.worker, a.token || '/' || a.nonce
        FROM jobs.attempt a JOIN jobs.job j USING (pack, slot)
        UNION ALL
        SELECT coalesce(j.id, jobs.job_id(j.pack, j.slot))::text, r.token, r.attempt, 0, r.worker, r.token || '/' || r.nonce
        FROM jobs.receipt r JOIN jobs.job j ON j.pack = r.pack AND j.slot BETWEEN r.lo AND r.hi
        """,
        static row => new JobRun(row.GetString(0), row.GetInt64(1), row.GetInt32(2), End(row.GetInt32(3)), row.GetString(4), row.GetString(5)));

    public override async Task<IReadOnlyList<AuditRow>> ReadAuditAsync(string table) => await ReadAsync(
        $"SELECT job, number, attempt, process FROM {table}",
        static row => new AuditRow(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)));

    /// <summary>The server processes of the application's connections to this database, those first that were last to do what the pattern says.</summary>
    public Task<List<int>> FindBackendsAsync(string queryPattern = "%") => ReadAsync(
        """
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND application_name <> @application AND query ILIKE @query
        ORDER BY query_start DESC
        """,
        static row => row.GetInt32(0),
        ("application", ApplicationName),
        ("query", queryPattern));

    public Task<int> TerminateBackendAsync(int processId) => ExecuteAsync("SELECT pg_terminate_backend(@id)", ("id", processId));

    /// <summary>How many runs began before their jobs were due, by the server's clock.</summary>
    public async Task<long> CountRunsBeforeDueAsync() => (await ReadAsync(
        """
        SELECT count(*) FROM jobs.job j
        WHERE EXISTS (SELECT FROM jobs.receipt r WHERE r.pack = j.pack AND j.slot BETWEEN r.lo AND r.hi AND r.started_at < j.run_at)
            OR EXISTS (SELECT FROM jobs.attempt a WHERE a.pack = j.pack AND a.slot = j.slot AND a.started_at < j.run_at)
        """,
        static row => row.GetInt64(0)))[0];

    public override async ValueTask DisposeAsync() => await _dataSource.DisposeAsync();

    private static RunEnd End(int outcome) => outcome == 7 ? RunEnd.TakenOver : (RunEnd)outcome;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private async Task<int> ExecuteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));

        return rows;
    }

    private NpgsqlCommand Command(string sql, (string Name, object Value)[] parameters)
    {
        var command = _dataSource.CreateCommand(sql);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);

        return command;
    }
}
