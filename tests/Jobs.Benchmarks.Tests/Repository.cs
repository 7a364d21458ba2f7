using System.Reflection;

namespace Jobs.Benchmarks.Tests;

/// <summary>Where the benchmarks are, and how they were built.</summary>
internal static class Repository
{
    public static string Folder => Metadata("Repository");

    public static string Configuration => Metadata("Configuration");

    /// <summary>The names of all benchmark projects.</summary>
    public static IReadOnlyList<string> BenchmarkProjects =>
        [.. Directory.GetFiles(Path.Combine(Folder, "benchmarks"), "*Benchmarks.csproj", SearchOption.AllDirectories).Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
