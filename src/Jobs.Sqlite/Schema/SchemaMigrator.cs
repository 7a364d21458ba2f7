using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jobs.Sqlite;

/// <summary>
/// Brings the file's schema to this code's version. The first process up does it, inside one transaction; the others wait for its
/// lock and find the work done.
/// </summary>
internal static class SchemaMigrator
{
    /// <summary>The version that this code writes.</summary>
    public static int CurrentVersion => EmbeddedSql.Migrations.Count;

    /// <exception cref="JobException">The schema is newer than this code, or the names are taken by someone else's tables.</exception>
    public static void Migrate(SqliteConnection connection, string file)
    {
        using var statements = new StatementSet(connection.Handle!);
        if (ReadVersion(connection, file) == CurrentVersion)
            return;

        statements.Execute("BEGIN IMMEDIATE");
        try
        {
            for (var version = ReadVersion(connection, file); version < CurrentVersion; version++)
            {
                statements.Execute(EmbeddedSql.Migration(EmbeddedSql.Migrations[version]));
                statements.Execute(string.Create(CultureInfo.InvariantCulture, $"UPDATE jobs_meta SET value = {version + 1} WHERE key = 'schema_version'"));
            }

            statements.Execute("COMMIT");
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                statements.Execute("ROLLBACK");

            throw;
        }
    }

    private static int ReadVersion(SqliteConnection connection, string file)
    {
        if (Count(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'jobs' OR name LIKE 'jobs\\_%' ESCAPE '\\'") == 0)
            return 0;

        if (Count(connection, "SELECT count(*) FROM pragma_table_info('jobs_meta') WHERE name IN ('key', 'value')") != 2)
        {
            throw new JobException(
                JobErrorCodes.Storage,
                $"'{file}' has tables named jobs or jobs_… that are not this storage's. Give the jobs a file of their own in the connection string's Data Source, or rename those tables.");
        }

        var version = Count(connection, "SELECT value FROM jobs_meta WHERE key = 'schema_version'");
        if (version < 1 || version > CurrentVersion)
        {
            throw new JobException(
                JobErrorCodes.Storage,
                $"The jobs in '{file}' have schema version {version}; this version of Jobs.Sqlite knows versions 1 to {CurrentVersion}. Update the Jobs.Sqlite package of this application.");
        }

        return (int)version;
    }

    private static long Count(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection.Handle!, sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }
}
