using Jobs.TestServers;

namespace Jobs.Benchmarks.Tests;

/// <summary>Every benchmark runs to its end when it is asked for next to nothing.</summary>
public sealed class SmokeTests
{
    /// <summary>What is run by its own test, with the tools that it needs.</summary>
    private const string Comparison = "Jobs.StorageBenchmarks";

    public static TheoryData<string> OtherProjects => [.. Repository.BenchmarkProjects.Where(static name => name != Comparison)];

    [Fact]
    public async Task The_comparison_runs_all_systems_and_writes_its_report()
    {
        Benchmark.Need(PostgreSqlServer.Unavailable ?? RedisServer.Unavailable ?? MissingFromPath("node", "npm", "bash"));
        var folder = Directory.CreateTempSubdirectory("jobs-comparison-");
        try
        {
            var output = await Benchmark.RunAsync("bash", Path.Combine(Repository.Folder, "benchmarks", "compare.sh"), "--smoke", "--no-build", "--out", folder.FullName);
            var report = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "report.md"), TestContext.Current.CancellationToken);

            if (report.Contains("npm install failed", StringComparison.Ordinal))
                Benchmark.Need("The rivals could not be installed from npm.");

            Assert.DoesNotContain("failed: ", report, StringComparison.Ordinal);
            Assert.Contains("| target | at least | hoped for | reached | |", output, StringComparison.Ordinal);
            foreach (var picture in new[] { "memory.svg", "sqlite.svg", "postgres.svg" })
                Assert.True(File.Exists(Path.Combine(folder.FullName, picture)), $"There is no {picture}.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_long_horizon_runner_survives_a_kill_without_losing_a_job()
    {
        Benchmark.Need(PostgreSqlServer.Unavailable);

        var output = await Benchmark.RunProjectAsync("Jobs.LongHorizon", "drive", "--smoke");

        Assert.Contains(" 0 lost", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OtherProjects))]
    public async Task Every_other_benchmark_runs(string project) => Assert.NotEmpty(await Benchmark.RunProjectAsync(project, "--smoke"));

    private static string? MissingFromPath(params IEnumerable<string> programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        var missing = programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        return missing.Count == 0 ? null : $"Missing: {string.Join(", ", missing)} (apt-get install nodejs npm).";
    }
}
