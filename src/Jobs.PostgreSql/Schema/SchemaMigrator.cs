using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>Brings the schema to the code's version, or says why that cannot be.</summary>
internal sealed class SchemaMigrator(PostgreSqlStorageOptions options)
{
    private const int OldestServer = 15;
    private readonly string _schema = options.Schema;
    private readonly string _quoted = SchemaName.Quote(options.Schema);

    public async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
            throw new JobException(JobErrorCodes.Storage, $"The server is PostgreSQL {connection.PostgreSqlVersion}; jobs need {OldestServer} or later. Upgrade it or use another one.");

        var migrations = Migrations.For(_schema);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (options.AutoMigrate)
            {
                // The first process up migrates; the others wait here and find it done.
                await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock(hashtextextended('jobs.migrate.{_schema}', 0))", cancellationToken).ConfigureAwait(false);
            }

            var version = await ReadVersionAsync(connection, cancellationToken).ConfigureAwait(false);
            if (version > migrations[^1].Version)
                throw new JobException(JobErrorCodes.Storage, $"The schema '{_schema}' has version {version}, this application knows {migrations[^1].Version}. A newer version of the application has migrated it: deploy that one here as well.");

            if (version < migrations[^1].Version)
            {
                await MigrateAsync(connection, migrations, version, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task MigrateAsync(NpgsqlConnection connection, IReadOnlyList<Migration> migrations, int version, CancellationToken cancellationToken)
    {
        if (!options.AutoMigrate)
        {
            var state = version == 0 ? "is not there" : $"has version {version}, this application needs {migrations[^1].Version}";
            throw new JobException(JobErrorCodes.Storage, $"The schema '{_schema}' {state}, and AutoMigrate is off. Run the script of PostgreSqlSchema.GetScript(\"{_schema}\", {version}) as its owner.");
        }

        if (version == 0)
            await RefuseForeignAsync(connection, cancellationToken).ConfigureAwait(false);

        await ExecuteAsync(connection, Migrations.Prologue(_schema), cancellationToken).ConfigureAwait(false);
        foreach (var migration in migrations.Where(m => m.Version > version))
            await ExecuteAsync(connection, migration.Sql + Migrations.Record(_schema, migration), cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var mark = await ScalarAsync(connection, $"SELECT obj_description(to_regclass('{_quoted}.schema_version'), 'pg_class')", cancellationToken).ConfigureAwait(false);
        return mark is Migrations.Mark
            ? (int)(await ScalarAsync(connection, $"SELECT coalesce(max(version), 0) FROM {_quoted}.schema_version", cancellationToken).ConfigureAwait(false))!
            : 0;
    }

    private async Task RefuseForeignAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var foreign = await ScalarAsync(connection, $"SELECT min(relname) FROM pg_class WHERE relnamespace = to_regnamespace('{_quoted}') AND obj_description(oid, 'pg_class') IS DISTINCT FROM '{Migrations.Mark}'", cancellationToken).ConfigureAwait(false);
        if (foreign is string name)
            throw new JobException(JobErrorCodes.Storage, $"The schema '{_schema}' holds something else (for example '{name}'). Choose another schema for the jobs, for example UsePostgreSql(…, schema: \"background_jobs\").");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            var value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return value is DBNull ? null : value;
        }
    }
}
