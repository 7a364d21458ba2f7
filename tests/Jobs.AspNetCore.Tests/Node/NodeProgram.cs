using System.Diagnostics;
using System.Reflection;

namespace Jobs.AspNetCore.Tests;

/// <summary>A program of the folder npm, with its packages. It ends with its input.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private static readonly string _folder = typeof(NodeProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "NpmFolder").Value!;
    private readonly Process _process;

    private NodeProgram(Process process) => _process = process;

    /// <summary>Starts a program, or skips the test where Node.js or the packages are missing.</summary>
    public static NodeProgram Start(string script, params string[] arguments)
    {
        var reason = !IsInstalled() ? "Node.js is missing. Install it (on Debian and Ubuntu: apt-get install nodejs npm)."
            : !Directory.Exists(Path.Combine(_folder, "node_modules")) ? $"The packages are missing: run npm ci in {_folder}, or tests/run.sh."
            : null;
        if (reason is not null)
        {
            Xunit.Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Xunit.Assert.Skip(reason);
        }

        var start = new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        return new NodeProgram(Process.Start(start)!);
    }

    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestService.Cancellation) ?? throw new InvalidOperationException("The program has ended.");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "node")));
}
