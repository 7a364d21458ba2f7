using System.Reflection;

namespace Jobs.Package.Tests;

/// <summary>The sources that this test project was built from.</summary>
internal static class Repository
{
    public static string Path { get; } = Read("Repository");

    public static string Configuration { get; } = Read("Configuration");

    private static string Read(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
