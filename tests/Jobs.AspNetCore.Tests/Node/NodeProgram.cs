using System.Diagnostics;

namespace Jobs.AspNetCore.Tests;

/// <summary>A program of the folder npm, with its packages. It ends with its input.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProgram(Process process) => _process = process;

    /// <summary>Starts a program, or skips the test where Node.js or the packages are missing.</summary>
    public static async Task<NodeProgram> StartAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = await NodePackages.PrepareAsync(TestService.Cancellation), RedirectStandardInput = true, RedirectStandardOutput = true };
        return new NodeProgram(Process.Start(start)!);
    }

    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestService.Cancellation) ?? throw new InvalidOperationException("The program has ended.");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
