using System.Text;

namespace Jobs.PostgreSql;

/// <summary>The schema of the PostgreSQL storage, for those who create it by hand.</summary>
public static class PostgreSqlSchema
{
    /// <summary>
    /// The whole schema as one script for psql, for <c>AutoMigrate = false</c>. It creates what is missing from a version on, in one
    /// transaction, and records it, so that the application accepts it.
    /// </summary>
    /// <param name="schema">The schema that holds the tables.</param>
    /// <param name="fromVersion">The version that the database has (<c>select max(version) from jobs.schema_version</c>); 0 for none.</param>
    /// <exception cref="JobException"><paramref name="schema"/> is not allowed as a name.</exception>
    public static string GetScript(string schema = "jobs", int fromVersion = 0)
    {
        SchemaName.Check(schema);
        var script = new StringBuilder("BEGIN;\n").Append(Migrations.Prologue(schema));
        foreach (var migration in Migrations.For(schema).Where(m => m.Version > fromVersion))
            script.Append("\n-- ").Append(migration.Name).Append('\n').Append(migration.Sql).Append('\n').Append(Migrations.Record(schema, migration));

        return script.Append("COMMIT;\n").ToString();
    }
}
