using System.Diagnostics;
using System.Reflection;

namespace Jobs.StartupBenchmarks;

/// <summary>The two programs, compiled one way.</summary>
internal sealed record Build(string Name, string StartupProgram, string Service)
{
    private static string Repository { get; } = typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "Repository").Value!;

    /// <summary>What lies beside this program: built with its configuration and for its framework.</summary>
    public static Build OfJit()
    {
        var output = Path.GetRelativePath(Path.Combine(Repository, "benchmarks", "Jobs.StartupBenchmarks"), AppContext.BaseDirectory);
        return new Build(
            "JIT",
            Path.Combine(Repository, "benchmarks", "Jobs.StartupProgram", output, "Jobs.StartupProgram"),
            Path.Combine(Repository, "samples", "AotWorker", output, "AotWorker"));
    }

    public static async Task<Build> PublishAsync(string folder, string framework)
    {
        Console.WriteLine("Publishing natively; this takes some minutes.");
        await PublishAsync(Path.Combine("benchmarks", "Jobs.StartupProgram"), folder, framework);
        await PublishAsync(Path.Combine("samples", "AotWorker"), folder, framework);
        return new Build($"native, {framework}", Path.Combine(folder, "Jobs.StartupProgram"), Path.Combine(folder, "AotWorker"));
    }

    private static async Task PublishAsync(string project, string folder, string framework)
    {
        // Where clang is missing, gcc links.
        string[] linker = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(static path => File.Exists(Path.Combine(path, "clang"))) ? [] : ["-p:CppCompilerAndLinker=gcc"];
        using var process = Process.Start("dotnet", ["publish", Path.Combine(Repository, project), "-c", "Release", "-v", "quiet", "-o", folder, $"-p:JobsAotFramework={framework}", .. linker]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"Publishing {project} failed.");
    }
}
