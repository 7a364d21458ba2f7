using System.Globalization;
using System.Reflection;

namespace Jobs.PostgreSql;

/// <summary>The embedded migrations, in order.</summary>
internal static class Migrations
{
    /// <summary>The comment on the version table, by which a schema of ours is known.</summary>
    public const string Mark = "The schema of Jobs. Do not change it by hand.";

    public static IReadOnlyList<Migration> For(string schema)
    {
        var assembly = typeof(Migrations).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return [.. names.Select(name => Read(assembly, name, schema))];
    }

    /// <summary>What comes before the first migration, and is harmless when it is there already.</summary>
    public static string Prologue(string schema) =>
        $"""
        CREATE SCHEMA IF NOT EXISTS {SchemaName.Quote(schema)};
        CREATE TABLE IF NOT EXISTS {SchemaName.Quote(schema)}.schema_version (
            version    integer PRIMARY KEY,
            name       text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        COMMENT ON TABLE {SchemaName.Quote(schema)}.schema_version IS '{Mark}';

        """;

    public static string Record(string schema, Migration migration) =>
        $"INSERT INTO {SchemaName.Quote(schema)}.schema_version (version, name) VALUES ({migration.Version}, '{migration.Name}');\n";

    private static Migration Read(Assembly assembly, string resource, string schema)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd().Replace("@schema@", SchemaName.Quote(schema), StringComparison.Ordinal).Replace("@name@", schema, StringComparison.Ordinal).Replace("@channel@", SchemaName.ChannelOf(schema), StringComparison.Ordinal);
        return new Migration(int.Parse(resource.AsSpan(0, 3), CultureInfo.InvariantCulture), Path.GetFileNameWithoutExtension(resource), sql);
    }
}
