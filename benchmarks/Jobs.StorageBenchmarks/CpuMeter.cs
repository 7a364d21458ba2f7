using System.Globalization;
using Npgsql;

namespace Jobs.StorageBenchmarks;

/// <summary>
/// The processor time of this process and of a server on this machine, with all its backends. Foreign load changes it little,
/// where throughput on a busy machine says next to nothing. Linux only: elsewhere, and with a remote server, it counts this process alone.
/// </summary>
internal sealed class CpuMeter(int? server)
{
    /// <summary>A meter for a server that is asked for its process id.</summary>
    public static async Task<CpuMeter> OfServerAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int", connection);
        var id = (int)(await command.ExecuteScalarAsync())!;
        return new CpuMeter(File.Exists($"/proc/{id}/stat") ? id : null);
    }

    /// <summary>Microseconds so far.</summary>
    public double Read() => Environment.CpuUsage.TotalTime.TotalMicroseconds + ReadServer();

    /// <summary>Microseconds so far, of the server alone.</summary>
    public double ReadServer() => server is { } id ? ReadServer(id) : 0;

    private static double ReadServer(int parent)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Stat(folder) is { } stat)
            {
                // Behind the program's name: state, parent, …; then user and system time, its own and that of children that have ended.
                var isServer = id == parent;
                if (isServer || stat[1] == parent.ToString(CultureInfo.InvariantCulture))
                    ticks += Sum(stat, 11, 2) + (isServer ? Sum(stat, 13, 2) : 0);
            }
        }

        return ticks * 10_000.0;
    }

    private static string[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended in between.
            return null;
        }
    }

    private static long Sum(string[] stat, int from, int count) => stat.Skip(from).Take(count).Sum(static text => long.Parse(text, CultureInfo.InvariantCulture));
}
