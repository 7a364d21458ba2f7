using Microsoft.Data.Sqlite;

namespace Jobs.Hosting.Tests.Secrecy;

public sealed class SqliteSecrecyTests : SecrecyTests, IDisposable
{
    private readonly TemporaryFile _file = new();

    [Fact]
    public Task A_password_that_the_library_cannot_use_is_not_repeated() =>
        CannotStartAsync($"{_file.ConnectionString};Password={Password}", JobErrorCodes.Configuration, "Password");

    [Fact]
    public Task A_connection_string_that_makes_no_sense_is_not_repeated() =>
        CannotStartAsync($"{_file.ConnectionString};Password={Password};Sever=x", JobErrorCodes.Configuration, "Data Source=jobs.db");

    [Fact]
    public async Task A_file_that_another_holds_is_named_without_what_was_to_be_written()
    {
        await using var application = await StartAsync(_file.ConnectionString);
        await using var other = new SqliteConnection(_file.ConnectionString);
        await other.OpenAsync(Cancellation);
        await using (var transaction = await other.BeginTransactionAsync(Cancellation))
        {
            var error = await Assert.ThrowsAsync<JobException>(async () => await application.Jobs.Confide.EnqueueAsync(new("secret-8128"), cancellationToken: Cancellation));
            Assert.DoesNotContain("secret-8128", error.ToString(), StringComparison.Ordinal);
            await Log.WaitForAsync("Jobs", 21);
        }

        Assert.DoesNotContain(Log.Lines, static line => line.Contains("secret-8128", StringComparison.Ordinal));
    }

    public void Dispose() => _file.Dispose();

    protected override Task<string> CreateStorageAsync() => Task.FromResult(_file.ConnectionString);

    protected override void Use(JobsBuilder jobs, string storage) => jobs
        .UseSqlite(storage, static options => options.BusyTimeout = TimeSpan.FromMilliseconds(100))
        .Worker(static worker => worker.HeartbeatInterval = TimeSpan.FromMilliseconds(100));

    protected override Task PoisonAsync(string storage, string payload)
    {
        _file.Execute($"UPDATE jobs_job SET payload = CAST('{payload}' AS BLOB)");
        return Task.CompletedTask;
    }
}
