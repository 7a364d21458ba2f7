using System.Diagnostics;

namespace Jobs.Benchmarks.Tests;

/// <summary>Runs a program to its end.</summary>
internal static class Benchmark
{
    /// <summary>Far longer than any smoke takes, on a machine that others use.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(15);

    /// <summary>What it wrote; fails the test with it when the program failed.</summary>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CONFIGURATION"] = Repository.Configuration;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.\n{output}\n{await errors}");
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs a built benchmark project.</summary>
    public static Task<string> RunProjectAsync(string project, params IEnumerable<string> arguments) =>
        RunAsync("dotnet", [Path.Combine(Repository.Folder, "benchmarks", project, "bin", Repository.Configuration, "net10.0", project + ".dll"), .. arguments]);

    /// <summary>Skips the test where something is missing; where everything must be there, it fails.</summary>
    public static void Need(string? missing)
    {
        if (missing is null)
            return;

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.Skip(missing);
    }
}
