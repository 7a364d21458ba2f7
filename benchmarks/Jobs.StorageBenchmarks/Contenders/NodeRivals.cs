using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>The packages from npm, in a folder of their own beside this program, and the scripts that drive them.</summary>
internal sealed class NodeRivals
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "rivals");

    private NodeRivals(string? missing) => Missing = missing;

    /// <summary>Why they cannot be had here, and what to do; null when they can.</summary>
    public string? Missing { get; }

    /// <summary>Installs what package.json lists; quick when it is there already.</summary>
    public static async Task<NodeRivals> InstallAsync()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("npm", ["install"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await output;
            await process.WaitForExitAsync();
            return new NodeRivals(process.ExitCode == 0 ? null : $"npm install failed: {errors.Trim().Split('\n')[0]}");
        }
        catch (Win32Exception)
        {
            return new NodeRivals("No npm: apt-get install nodejs npm.");
        }
    }

    /// <summary>The installed version of a package.</summary>
    public string VersionOf(string package)
    {
        if (Missing is not null)
            return "not installed";

        using var description = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "node_modules", package, "package.json")));
        return description.RootElement.GetProperty("version").GetString()!;
    }

    /// <summary>Starts the driver on a store.</summary>
    public Process Start(string storeUrl, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("node", ["rival.mjs", .. arguments]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["STORE_URL"] = storeUrl;
        return Process.Start(start)!;
    }
}
