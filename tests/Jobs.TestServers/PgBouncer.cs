using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Jobs.TestServers;

/// <summary>A pgbouncer in transaction mode in front of a server.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private readonly Process _process;
    private readonly string _folder;

    private PgBouncer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    /// <summary>Why it cannot be had here, and what to do; null when it can.</summary>
    public static string? Unavailable => File.Exists(Program) ? null : "No pgbouncer: apt-get install pgbouncer.";

    /// <summary>The port on the loopback interface.</summary>
    public int Port { get; }

    /// <summary>Starts one in front of the server of a connection string.</summary>
    /// <param name="connectionString">The server's.</param>
    public static async Task<PgBouncer> StartAsync(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var folder = await LocalProcess.MakeFolderAsync("jobs-pgbouncer-");
        var port = LocalProcess.FindFreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "users.txt"), $"\"{server.Username}\" \"{server.Password}\"\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "pgbouncer.ini"),
            string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            auth_file = {folder}/users.txt
            pool_mode = transaction
            default_pool_size = 5
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits

            """).Replace("auth_type = any", server.Password is null ? "auth_type = trust" : "auth_type = plain", StringComparison.Ordinal));
        var start = LocalProcess.AsServerUser(Program, "-q", Path.Combine(folder, "pgbouncer.ini"));
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var bouncer = new PgBouncer(process, folder, port);
        await bouncer.WaitAsync(connectionString);
        return bouncer;
    }

    /// <summary>A connection string through it, as a pooler wants it: no resets, no prepared statements.</summary>
    /// <param name="connectionString">The server's.</param>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = Port, NoResetOnClose = true, MaxAutoPrepare = 0 }.ConnectionString;

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitAsync(string connectionString)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Through(connectionString) + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
