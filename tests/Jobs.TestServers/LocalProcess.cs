using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Jobs.TestServers;

/// <summary>Programs of the machine, run as a user that database servers accept: they refuse root.</summary>
internal static class LocalProcess
{
    public static bool IsRoot => Environment.UserName == "root";

    public static ProcessStartInfo AsServerUser(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(IsRoot ? "runuser" : program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        if (IsRoot)
        {
            foreach (var argument in (string[])["-u", "postgres", "--", program])
                start.ArgumentList.Add(argument);
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        return start;
    }

    public static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await output} {errors}");
    }

    /// <summary>A folder that the server's user may write to.</summary>
    public static async Task<string> MakeFolderAsync(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        await GiveToServerUserAsync(folder);
        return folder;
    }

    public static Task GiveToServerUserAsync(string folder) =>
        IsRoot ? RunAsync(new ProcessStartInfo("chown") { ArgumentList = { "-R", "postgres", folder }, RedirectStandardOutput = true, RedirectStandardError = true }) : Task.CompletedTask;

    public static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
