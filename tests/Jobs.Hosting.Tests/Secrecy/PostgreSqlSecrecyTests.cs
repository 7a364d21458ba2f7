using Jobs.TestServers;
using Npgsql;

namespace Jobs.Hosting.Tests.Secrecy;

public sealed class PostgreSqlSecrecyTests(PostgreSqlFixture server) : SecrecyTests
{
    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=2", "cannot be reached")]
    [InlineData("Database=there_is_none", "does not exist")]
    [InlineData("Username=nobody", "refused the login")]
    [InlineData("Options=-c default_transaction_read_only=on", "read-only")]
    public async Task What_is_wrong_with_the_server_is_said_without_the_password(string change, string expected) =>
        await CannotStartAsync($"{await CreateStorageAsync()};{change}", JobErrorCodes.Storage, expected);

    [Theory]
    [InlineData("Pasword=x", "'pasword'")]
    [InlineData("Password=half-of-it;" + Password + "=x", "in quotes")]
    [InlineData("Port=" + Password, "'port'")]
    [InlineData(Password, "Keyword=Value")]
    [InlineData("Host=", "no Host")]
    public async Task A_connection_string_that_makes_no_sense_is_not_repeated(string addition, string expected) =>
        await CannotStartAsync($"{await CreateStorageAsync()};{addition}", JobErrorCodes.Configuration, expected);

    [Fact]
    public async Task A_schema_of_another_version_is_refused_without_the_password()
    {
        var storage = await CreateStorageAsync();
        await (await StartAsync(storage)).DisposeAsync();
        await ExecuteAsync(storage, "INSERT INTO jobs.schema_version (version, name) VALUES (999, 'from the future')");

        await CannotStartAsync(storage, JobErrorCodes.Storage, "999");
    }

    [Fact]
    public async Task Connections_that_are_cut_are_told_of_without_what_they_carried()
    {
        const int connectionLost = 4;
        const string secret = "secret-8128";
        var storage = await CreateStorageAsync();
        await using var application = await StartAsync(storage);
        await application.Jobs.Confide.EnqueueAsync(new(secret), new() { Delay = "1h" }, Cancellation);
        await ExecuteAsync(storage, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await Log.WaitForAsync("Jobs.PostgreSql", connectionLost);

        JobHandle<string>? job = null;
        while (job is null)
        {
            try
            {
                job = await application.Jobs.Confide.EnqueueAsync(new(secret), cancellationToken: Cancellation);
            }
            catch (JobException cut)
            {
                Assert.DoesNotContain(secret, cut.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain(Password, cut.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(secret, await job.WaitForResultAsync(Cancellation));
        Assert.DoesNotContain(Log.Lines, static line => line.Contains(secret, StringComparison.Ordinal));
        AssertNoPassword();
    }

    [Fact]
    public async Task Statements_are_not_logged()
    {
        await using (var application = await StartAsync(await CreateStorageAsync()))
        {
            var job = await application.Jobs.Confide.EnqueueAsync(new("x"), cancellationToken: Cancellation);
            await job.WaitForResultAsync(Cancellation);
        }

        Assert.NotEmpty(Log.Lines);
        Assert.DoesNotContain(Log.Lines, static line => line.Contains("Npgsql", StringComparison.Ordinal));
    }

    /// <summary>The server trusts everybody who comes from here, so a password is not asked for and does no harm.</summary>
    protected override async Task<string> CreateStorageAsync() =>
        new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { Password = Password, PersistSecurityInfo = true }.ConnectionString;

    protected override void Use(JobsBuilder jobs, string storage) => jobs.UsePostgreSql(storage);

    protected override Task PoisonAsync(string storage, string payload) => ExecuteAsync(storage, $"UPDATE jobs.job SET payload = convert_to('{payload}', 'UTF8')");

    private static async Task ExecuteAsync(string storage, string sql)
    {
        await using var connection = new NpgsqlConnection(storage + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
