using Jobs.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jobs.PostgreSql.Tests;

/// <summary>Creating, migrating and refusing schemas, and what is said when the server is not as it should be.</summary>
public sealed class SchemaTests(ServerFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Jobs")]
    [InlineData("1jobs")]
    [InlineData("jobs;drop")]
    [InlineData("pg_jobs")]
    public void A_name_that_needs_quoting_is_refused(string schema) =>
        Assert.Equal(JobErrorCodes.Configuration, Assert.Throws<JobException>(() => PostgreSqlSchema.GetScript(schema)).Code);

    [Fact]
    public async Task Many_processes_that_start_at_once_migrate_once()
    {
        await using var harness = new PostgreSqlHarness(server.ConnectionString);
        var storages = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () => await harness.OpenAsync(Cancellation))));
        foreach (var storage in storages)
            await storage.DisposeAsync();

        Assert.Equal(Migrations.For("x").Count, await ScalarAsync<long>(harness, $"SELECT count(*) FROM {harness.Schema}.schema_version"));
    }

    [Fact]
    public async Task The_script_for_a_DBA_makes_the_schema_that_the_application_accepts()
    {
        await using var harness = new PostgreSqlHarness(server.ConnectionString);
        var refusal = await Assert.ThrowsAsync<JobException>(async () => await InitializeAsync(harness.Schema, autoMigrate: false));
        Assert.Contains("GetScript", refusal.Message, StringComparison.Ordinal);

        await harness.ExecuteAsync(PostgreSqlSchema.GetScript(harness.Schema));

        await InitializeAsync(harness.Schema, autoMigrate: false);
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await using var harness = new PostgreSqlHarness(server.ConnectionString);
        await InitializeAsync(harness.Schema);
        await harness.ExecuteAsync($"INSERT INTO {harness.Schema}.schema_version (version, name) VALUES (999, 'from the future')");

        var refusal = await Assert.ThrowsAsync<JobException>(async () => await InitializeAsync(harness.Schema));

        Assert.Contains("999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_holds_something_else_is_refused_and_left_alone()
    {
        await using var harness = new PostgreSqlHarness(server.ConnectionString);
        await harness.ExecuteAsync($"CREATE SCHEMA {harness.Schema}; CREATE TABLE {harness.Schema}.job (mine text)");

        var refusal = await Assert.ThrowsAsync<JobException>(async () => await InitializeAsync(harness.Schema));

        Assert.Contains("something else", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ScalarAsync<long>(harness, $"SELECT count(*) FROM pg_class WHERE relnamespace = '{harness.Schema}'::regnamespace AND relkind = 'r'"));
    }

    [Theory]
    [InlineData("Database=there_is_none", "does not exist")]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=2", "cannot be reached")]
    [InlineData("Options=-c default_transaction_read_only=on", "read-only")]
    public async Task What_is_wrong_with_the_server_is_said_with_what_to_do(string change, string expected)
    {
        var builder = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        foreach (var (key, value) in change.Split(';').Select(c => (c[..c.IndexOf('=', StringComparison.Ordinal)], c[(c.IndexOf('=', StringComparison.Ordinal) + 1)..])))
            builder[key] = value;

        builder.Password = "do-not-tell";
        var refusal = await Assert.ThrowsAsync<JobException>(async () => await InitializeAsync("t_wrong", connectionString: builder.ConnectionString));

        Assert.Equal(JobErrorCodes.Storage, refusal.Code);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("do-not-tell", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_with_the_documented_rights_runs_jobs()
    {
        await using var harness = new PostgreSqlHarness(server.ConnectionString);
        var (schema, role) = (harness.Schema, harness.Schema + "_app");
        await harness.ExecuteAsync(PostgreSqlSchema.GetScript(schema));
        await harness.ExecuteAsync(
            $"""
            CREATE ROLE {role} LOGIN;
            GRANT USAGE ON SCHEMA {schema} TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
            """);
        try
        {
            var connectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = role }.ConnectionString;
            await InitializeAsync(schema, autoMigrate: false, connectionString, async storage =>
            {
                var inserted = await storage.InsertAsync(new JobRecord { Name = "work", Queue = "q", Payload = [], Policy = JobPolicy.Default }, null, Cancellation);
                Assert.NotNull(await storage.GetAsync(inserted.Id, JobParts.None, Cancellation));
                await storage.MaintainAsync(new MaintenanceRequest(null, 3, TimeSpan.FromDays(1)), Cancellation);
            });
        }
        finally
        {
            await harness.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    private async Task InitializeAsync(string schema, bool autoMigrate = true, string? connectionString = null, Func<PostgreSqlStorage, Task>? use = null)
    {
        var options = new PostgreSqlStorageOptions { Schema = schema, AutoMigrate = autoMigrate };
        var own = new NpgsqlConnectionStringBuilder(connectionString ?? server.ConnectionString) { Pooling = false }.ConnectionString;
        await using var storage = new PostgreSqlStorage(OwnDataSource.Create(own, NullLoggerFactory.Instance), ownsDataSource: true, options, NullLogger.Instance);
        await storage.InitializeAsync(Cancellation);
        if (use is not null)
            await use(storage);
    }

    private static async Task<T> ScalarAsync<T>(PostgreSqlHarness harness, string sql)
    {
        await using var command = harness.Admin.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
