using System.Runtime.CompilerServices;

namespace Jobs.Analyzers.Tests.Documentation;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(GetFolder(), "..", "..", ".."));

    private static string GetFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
