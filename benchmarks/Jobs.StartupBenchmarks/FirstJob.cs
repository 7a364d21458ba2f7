using System.Diagnostics;
using System.Globalization;

namespace Jobs.StartupBenchmarks;

/// <summary>From just before the process is started to the result of its first job.</summary>
internal static class FirstJob
{
    public static async Task CompareAsync(IReadOnlyList<Build> builds, string folder, int runs)
    {
        Console.WriteLine("| program, storage | start to first job done, ms: median (range) | process to Main | host built | host started | enqueued | done |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var file = Path.Combine(folder, "existing.db");
        await RunAsync(builds[0], file);
        (string Name, Func<string> Storage)[] storages =
        [
            ("in memory", static () => "memory"),
            ("SQLite, a new file", () => Path.Combine(folder, Guid.NewGuid().ToString("N") + ".db")),
            ("SQLite, the same file again", () => file),
        ];
        foreach (var (name, storage) in storages)
        {
            var results = builds.Select(static _ => new List<double[]>()).ToList();
            for (var run = 0; run < runs; run++)
            {
                for (var i = 0; i < builds.Count; i++)
                    results[i].Add(await RunAsync(builds[i], storage()));
            }

            for (var i = 0; i < builds.Count; i++)
            {
                var totals = results[i].Select(static phases => phases.Sum()).Order().ToList();
                var medians = Enumerable.Range(0, results[i][0].Length).Select(phase => results[i].Select(phases => phases[phase]).Order().ElementAt(runs / 2).ToString("F1", CultureInfo.InvariantCulture));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {builds[i].Name}, {name} | {totals[runs / 2]:F1} ({totals[0]:F1} to {totals[^1]:F1}) | {string.Join(" | ", medians)} |"));
            }
        }

        Console.WriteLine();
    }

    private static async Task<double[]> RunAsync(Build build, string storage)
    {
        var start = new ProcessStartInfo(build.StartupProgram) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(storage);
        using var process = Process.Start(start)!;
        var phases = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Array.ConvertAll(phases.Split(' '), static phase => double.Parse(phase, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{build.StartupProgram} ended with {process.ExitCode}.");
    }
}
