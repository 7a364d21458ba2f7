using System.Data.Common;
using System.Globalization;
using Jobs.Storage;
using Jobs.Storage.Conformance;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jobs.PostgreSql.Tests;

/// <summary>A storage in a schema of its own. The clock is moved by replacing the schema's clock function.</summary>
internal sealed class PostgreSqlHarness(string connectionString, string adminConnectionString) : StorageHarness
{
    private readonly string _schema = $"t_{Guid.NewGuid():N}"[..20];
    private readonly NpgsqlDataSource _admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(adminConnectionString) { Pooling = true, MaxPoolSize = 4, Enlist = false, Options = "-c jit=off" }.ConnectionString);
    private readonly List<NpgsqlConnection> _connections = [];
    private TimeSpan _offset;

    public PostgreSqlHarness(string connectionString)
        : this(connectionString, connectionString)
    {
    }

    public string Schema => _schema;

    /// <summary>Whether every walk to the first jobs counts as slow, so that claims go on from where they stopped.</summary>
    public bool WalksAreSlow { get; init; }

    /// <summary>What the pauses between wider looks of claims are measured by; null for the machine's.</summary>
    public TimeProvider? Time { get; init; }

    public override bool CanSimulateOutage => true;

    public NpgsqlDataSource Admin => _admin;

    public override async ValueTask<IJobStorage> CreateAsync(CancellationToken cancellationToken) => await OpenAsync(cancellationToken);

    public override async ValueTask<IJobStorage> OpenAnotherAsync(CancellationToken cancellationToken) => await OpenAsync(cancellationToken);

    public async ValueTask<PostgreSqlStorage> OpenAsync(CancellationToken cancellationToken)
    {
        var options = new PostgreSqlStorageOptions { Schema = _schema, MaxFinished = MaxFinished };
        if (WalksAreSlow)
            (options.SlowWalk, options.SlowWalks) = (-1, 1);

        if (Time is { } time)
            options.Time = time;

        var bounded = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 10 }.ConnectionString;
        var storage = new PostgreSqlStorage(OwnDataSource.Create(bounded, NullLoggerFactory.Instance), ownsDataSource: true, options, NullLogger.Instance);
        await storage.InitializeAsync(cancellationToken);
        return storage;
    }

    public override async ValueTask AdvanceAsync(TimeSpan by)
    {
        _offset += by;
        var milliseconds = _offset.TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture);
        await ExecuteAsync($"CREATE OR REPLACE FUNCTION {_schema}.clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() + {milliseconds} * interval '1 millisecond' $$");
    }

    public override async ValueTask<DateTimeOffset> GetNowAsync()
    {
        await using var command = _admin.CreateCommand($"SELECT {_schema}.clock()");
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What the server's own clock says.</summary>
    public async Task<DateTime> ReadServerTimeAsync()
    {
        await using var command = _admin.CreateCommand("SELECT clock_timestamp()");
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>
    /// Waits until the backends have ended that began since then, in a database that no other test uses: they tell the statistics what they
    /// read when they end, a moment after their connections were closed.
    /// </summary>
    public async Task WaitForReportsAsync(DateTime since, CancellationToken cancellationToken)
    {
        await using var alive = _admin.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND backend_start > $1 AND pid <> pg_backend_pid()");
        alive.Parameters.Add(new() { Value = since });
        while ((long)(await alive.ExecuteScalarAsync(cancellationToken))! > 0)
            await Task.Delay(5, cancellationToken);
    }

    public override async ValueTask SimulateOutageAsync(TimeSpan duration)
    {
        await AdvanceAsync(duration);
        var started = (await GetNowAsync()).ToString("O", CultureInfo.InvariantCulture);
        await ExecuteAsync($"CREATE OR REPLACE FUNCTION {_schema}.server_started() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT timestamptz '{started}' $$");
    }

    public override async ValueTask<DbTransaction> BeginTransactionAsync(CancellationToken cancellationToken)
    {
        var connection = await _admin.OpenConnectionAsync(cancellationToken);
        _connections.Add(connection);
        return await connection.BeginTransactionAsync(cancellationToken);
    }

    public override async ValueTask<IReadOnlyList<string>> FindInvariantViolationsAsync(CancellationToken cancellationToken)
    {
        var violations = new List<string>();
        await using var command = _admin.CreateCommand($"SELECT violation FROM {_schema}.violations");
        command.CommandTimeout = 300;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            violations.Add(reader.GetString(0));

        return violations;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();

        await ExecuteAsync($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
        await _admin.DisposeAsync();
        await base.DisposeAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
