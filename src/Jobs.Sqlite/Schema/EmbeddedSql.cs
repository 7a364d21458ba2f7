using System.Collections.Frozen;
using System.Reflection;

namespace Jobs.Sqlite;

/// <summary>The .sql files of this assembly.</summary>
internal static class EmbeddedSql
{
    private const string StatementPrefix = "Sql/";
    private const string MigrationPrefix = "Migrations/";

    private static readonly FrozenDictionary<string, string> Statements = Read(StatementPrefix);

    /// <summary>The names of all statements.</summary>
    public static IEnumerable<string> StatementNames => Statements.Keys;

    /// <summary>The migrations in their order; the first one leads to version 1.</summary>
    public static IReadOnlyList<string> Migrations { get; } = [.. Read(MigrationPrefix).OrderBy(static file => file.Key, StringComparer.Ordinal).Select(static file => file.Value)];

    /// <summary>The text of Sql/<paramref name="name"/>.sql.</summary>
    public static string Statement(string name) => Statements[name];

    private static FrozenDictionary<string, string> Read(string prefix)
    {
        var assembly = typeof(EmbeddedSql).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[prefix.Length..^".sql".Length], name => Text(assembly, name), StringComparer.Ordinal);
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
