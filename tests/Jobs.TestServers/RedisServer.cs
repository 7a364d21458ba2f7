using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Jobs.TestServers;

/// <summary>A Redis server of its own, on the loopback interface and a free port, that writes nothing to disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";

    private readonly Process _process;
    private readonly string _folder;

    private RedisServer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    /// <summary>Why it cannot be had here, and what to do; null when it can.</summary>
    public static string? Unavailable => File.Exists(Program) ? null : "No Redis: apt-get install redis-server.";

    /// <summary>The port on the loopback interface.</summary>
    public int Port { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts one.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("jobs-redis-").FullName;
        var port = LocalProcess.FindFreePort();
        var start = new ProcessStartInfo(Program, ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var server = new RedisServer(process, folder, port);
        await server.SendAsync("PING");
        return server;
    }

    /// <summary>The version that the server tells.</summary>
    public async Task<string> GetVersionAsync()
    {
        var answer = await SendAsync("INFO server");
        return answer.Split("redis_version:")[1].Split('\r')[0];
    }

    /// <summary>Removes everything that it holds.</summary>
    public Task ClearAsync() => SendAsync("FLUSHALL");

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>An inline command of the protocol; its answer fits into one packet.</summary>
    private async Task<string> SendAsync(string command)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port);
                await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(command + "\r\n"));
                var answer = new byte[16384];
                return System.Text.Encoding.ASCII.GetString(answer, 0, await client.GetStream().ReadAsync(answer));
            }
            catch (SocketException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
            catch (SocketException refused) when (_process.HasExited)
            {
                throw new InvalidOperationException($"Redis has ended with {_process.ExitCode}.", refused);
            }
        }
    }
}
