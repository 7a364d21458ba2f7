using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Jobs.TestServers;

/// <summary>
/// A PostgreSQL server for tests: the one that JOBS_TEST_POSTGRES names, else one of its own, made from the machine's binaries
/// in a temporary folder, on the loopback interface and a free port.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    /// <summary>The variable with a connection string of a server to use instead.</summary>
    public const string Variable = "JOBS_TEST_POSTGRES";

    private readonly string? _binaries;
    private readonly string? _folder;
    private readonly int _port;

    private PostgreSqlServer(string connectionString, string? binaries, string? folder, int port)
    {
        ConnectionString = connectionString;
        _binaries = binaries;
        _folder = folder;
        _port = port;
    }

    /// <summary>Of a superuser, to the database postgres or the one that the variable names.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether this server may be stopped, killed and started: it is its own.</summary>
    public bool IsOwn => _folder is not null;

    /// <summary>The port on the loopback interface, of an own server.</summary>
    public int Port => _port;

    /// <summary>Why no server can be had here, and what to do; null when one can.</summary>
    public static string? Unavailable =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } || FindBinaries() is not null
            ? null
            : $"No PostgreSQL: install it (apt-get install postgresql; version 15 or later), or set {Variable} to the connection string of a superuser.";

    /// <summary>The server of the variable, or a new one of its own.</summary>
    /// <param name="settings">Further settings, such as "max_connections=20", of an own server.</param>
    public static async Task<PostgreSqlServer> StartAsync(params IEnumerable<string> settings)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new PostgreSqlServer(given, null, null, 0);

        var binaries = FindBinaries() ?? throw new InvalidOperationException(Unavailable);
        var folder = await LocalProcess.MakeFolderAsync("jobs-pg-");
        var data = Path.Combine(folder, "data");
        await LocalProcess.RunAsync(LocalProcess.AsServerUser(Path.Combine(binaries, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"));
        var port = LocalProcess.FindFreePort();
        await File.AppendAllLinesAsync(
            Path.Combine(data, "postgresql.conf"),
            [
                "listen_addresses = '127.0.0.1'",
                string.Create(CultureInfo.InvariantCulture, $"port = {port}"),
                $"unix_socket_directories = '{folder}'",
                "max_connections = 200",
                .. settings,
            ]);
        var server = new PostgreSqlServer($"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=postgres", binaries, folder, port);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts an own server that was stopped or killed.</summary>
    public Task StartAgainAsync() => ControlAsync("start", "-w", "-l", Path.Combine(_folder!, "log"));

    /// <summary>Stops an own server: "fast" closes connections, "immediate" is a crash.</summary>
    /// <param name="mode">The mode of pg_ctl.</param>
    public Task StopAsync(string mode = "fast") => ControlAsync("stop", "-m", mode, "-w");

    /// <summary>The process id of an own server.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(_folder!, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>A new, empty database, and the connection string to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"jobs_test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Drops a database of <see cref="CreateDatabaseAsync"/>, whoever is connected to it.</summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes a tablespace of an own server in a new folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">The folder, which must not exist.</param>
    public async Task CreateTablespaceAsync(string name, string folder)
    {
        Directory.CreateDirectory(folder);
        await LocalProcess.GiveToServerUserAsync(folder);
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE TABLESPACE {name} LOCATION '{folder}'", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops an own server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!IsOwn)
            return;

        if (File.Exists(Path.Combine(_folder!, "data", "postmaster.pid")))
            await StopAsync("immediate");

        Directory.Delete(_folder!, recursive: true);
    }

    private Task ControlAsync(string verb, params IEnumerable<string> arguments)
    {
        // The server inherits the pipes and keeps them open, so nothing may wait for their end.
        var start = LocalProcess.AsServerUser(Path.Combine(_binaries!, "pg_ctl"), [verb, "-D", Path.Combine(_folder!, "data"), .. arguments]);
        start.RedirectStandardOutput = false;
        start.RedirectStandardError = false;
        start.ArgumentList.Add("-s");
        return WaitAsync(start);
    }

    private static async Task WaitAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.");
    }

    private static string? FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var candidates = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0).Select(d => Path.Combine(d, "bin"))
            : [];
        return candidates.Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }
}
