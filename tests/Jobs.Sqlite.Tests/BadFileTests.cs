using Xunit;

namespace Jobs.Sqlite.Tests;

public sealed class BadFileTests : SqliteFile
{
    [Fact]
    public async Task A_file_that_is_not_a_database_is_refused()
    {
        await File.WriteAllTextAsync(FilePath, new string('x', 5000), Cancellation);

        var error = await Assert.ThrowsAsync<JobException>(() => OpenAsync());

        Assert.Equal(JobErrorCodes.Storage, error.Code);
        Assert.Contains("not a SQLite database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_directory_is_refused()
    {
        var error = await Assert.ThrowsAsync<JobException>(() => OpenAsync(file: Path.Combine(DirectoryPath, "missing", "jobs.db")));

        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(FilePath);

        var error = await Assert.ThrowsAsync<JobException>(() => OpenAsync());

        Assert.Equal(JobErrorCodes.Storage, error.Code);
    }

    [Fact]
    public async Task Tables_of_someone_else_under_the_same_names_are_refused()
    {
        Execute("CREATE TABLE jobs (id INTEGER PRIMARY KEY)");

        var error = await Assert.ThrowsAsync<JobException>(() => OpenAsync());

        Assert.Contains("not this storage's", error.Message, StringComparison.Ordinal);
        using var connection = Connect();
        Assert.Equal(1L, Query(connection, "SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task Tables_of_the_application_stay_as_they_are()
    {
        Execute("CREATE TABLE customers (id INTEGER PRIMARY KEY); INSERT INTO customers VALUES (7); PRAGMA user_version = 42");

        await OpenAsync();

        using var connection = Connect();
        Assert.Equal(7L, Query(connection, "SELECT id FROM customers"));
        Assert.Equal(42L, Query(connection, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_schema_from_a_newer_version_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        Execute("UPDATE jobs_meta SET value = 99 WHERE key = 'schema_version'");

        var error = await Assert.ThrowsAsync<JobException>(() => OpenAsync());

        Assert.Contains("schema version 99", error.Message, StringComparison.Ordinal);
        Assert.Contains("Update the Jobs.Sqlite package", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_start_can_be_repeated()
    {
        await File.WriteAllTextAsync(FilePath, new string('x', 5000), Cancellation);
        var options = new SqliteOptions();
        await using var storage = new SqliteJobStorage(new SqliteDatabase($"Data Source={FilePath}", options), options, loggerFactory: null);
        await Assert.ThrowsAsync<JobException>(async () => await storage.InitializeAsync(Cancellation));
        File.Delete(FilePath);

        await storage.InitializeAsync(Cancellation);

        Assert.False((await storage.InsertAsync(Job(), null, Cancellation)).WasDeduplicated);
    }

    [Theory]
    [InlineData("Data Source=:memory:", "UseInMemory")]
    [InlineData("Data Source=x;Mode=Memory", "UseInMemory")]
    [InlineData("", "UseInMemory")]
    [InlineData("Data Source=x;Mode=ReadOnly", "ReadOnly")]
    [InlineData("Server=x", "Data Source=jobs.db")]
    public void A_connection_string_without_a_writable_file_is_refused(string connectionString, string advice)
    {
        var error = Assert.Throws<JobException>(() => new SqliteDatabase(connectionString, new SqliteOptions()));

        Assert.Equal(JobErrorCodes.Configuration, error.Code);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<JobException>(() => new SqliteOptions { BusyTimeout = TimeSpan.FromHours(1) }.Validate());
        Assert.Throws<JobException>(() => new SqliteOptions { ChangePollInterval = TimeSpan.Zero }.Validate());
        Assert.Throws<JobException>(() => new SqliteOptions { Durability = (SqliteDurability)7 }.Validate());
    }
}
