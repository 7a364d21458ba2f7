using System.Collections.Concurrent;

namespace Jobs.Sqlite;

/// <summary>The .sql files of this assembly, each read when it is first asked for: a start needs few of them.</summary>
internal static class EmbeddedSql
{
    private const string StatementPrefix = "Sql/";
    private const string MigrationPrefix = "Migrations/";
    private const string Extension = ".sql";

    private static readonly ConcurrentDictionary<string, string> Statements = new(StringComparer.Ordinal);

    /// <summary>The names of all statements.</summary>
    public static IEnumerable<string> StatementNames => NamesOf(StatementPrefix).Select(static name => name[StatementPrefix.Length..^Extension.Length]);

    /// <summary>The names of the migrations in their order; the first one leads to version 1.</summary>
    public static IReadOnlyList<string> Migrations { get; } = [.. NamesOf(MigrationPrefix).Order(StringComparer.Ordinal)];

    /// <summary>The text of one of <see cref="Migrations"/>.</summary>
    public static string Migration(string name) => Read(name);

    /// <summary>The text of Sql/<paramref name="name"/>.sql.</summary>
    public static string Statement(string name) => Statements.GetOrAdd(name, static name => Read(StatementPrefix + name + Extension));

    private static IEnumerable<string> NamesOf(string prefix) =>
        typeof(EmbeddedSql).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedSql).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
