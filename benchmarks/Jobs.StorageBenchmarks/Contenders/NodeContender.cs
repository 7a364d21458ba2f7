using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>A rival from npm, in a process of its own, on the same server.</summary>
internal sealed class NodeContender(string name, string key, string folder, Func<Task<string>> createDatabase) : IContender
{
    public string Name => name;

    public double? LastCpuPerJob => null;

    /// <summary>Installs the rivals into a folder of their own; null when node or npm is missing.</summary>
    public static async Task<string?> InstallAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "jobs-rivals");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "rival.mjs" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "rivals", file), Path.Combine(folder, file), overwrite: true);
        }

        try
        {
            await RunAsync("npm", folder, [], "install", "--no-audit", "--no-fund", "--loglevel=error");
            return folder;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<double>> RunAsync(Scenario scenario)
    {
        var database = new NpgsqlConnectionStringBuilder(await createDatabase());
        var url = $"postgres://{database.Username}@{database.Host}:{database.Port.ToString(CultureInfo.InvariantCulture)}/{database.Database}";
        var output = await RunAsync("node", folder, [("DATABASE_URL", url)], "rival.mjs", key, scenario.Key, scenario.Count.ToString(CultureInfo.InvariantCulture), scenario.Callers.ToString(CultureInfo.InvariantCulture));
        var line = output.Split('\n').Last(text => text.StartsWith('{'));
        using var answer = JsonDocument.Parse(line);
        return scenario.IsLatency
            ? [.. answer.RootElement.GetProperty("latencies").EnumerateArray().Select(static latency => latency.GetDouble())]
            : [scenario.Count / answer.RootElement.GetProperty("seconds").GetDouble()];
    }

    private static async Task<string> RunAsync(string program, string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
