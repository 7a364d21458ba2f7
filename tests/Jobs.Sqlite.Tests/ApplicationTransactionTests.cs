using Jobs.Storage;
using Jobs.Storage.Conformance;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Jobs.Sqlite.Tests;

public sealed class ApplicationTransactionTests : SqliteFile
{
    [Fact]
    public async Task A_commit_makes_the_job_visible_and_wakes_listeners()
    {
        var storage = await OpenAsync(options => options.ChangePollInterval = TimeSpan.FromMilliseconds(1));
        var first = new SignalRecorder();
        using var subscription = storage.Subscribe(first);
        await first.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        using var connection = Connect();
        using var transaction = connection.BeginTransaction();
        var id = (await storage.InsertAsync(Job(), transaction, Cancellation)).Id;
        Assert.Null(await storage.GetAsync(id, JobParts.None, Cancellation));

        var signals = new SignalRecorder();
        using var second = storage.Subscribe(signals);
        transaction.Commit();

        await signals.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(id, Assert.Single((await ExchangeAsync(storage)).Claimed).Id);
    }

    [Fact]
    public async Task A_rollback_leaves_nothing()
    {
        var storage = await OpenAsync();
        using var connection = Connect();
        using (var transaction = connection.BeginTransaction())
        {
            await storage.InsertManyAsync([Job(new JobDetails { Id = JobId.From("a"), IdempotencyKey = "k" }), Job()], transaction, Cancellation);
            transaction.Rollback();
        }

        Assert.Equal(0, await storage.CountAsync(new JobFilter(), Cancellation));
        Assert.False((await storage.InsertAsync(Job(new JobDetails { Id = JobId.From("a"), IdempotencyKey = "k" }), null, Cancellation)).WasDeduplicated);
    }

    [Fact]
    public async Task A_refused_insert_leaves_the_rest_of_the_transaction_alone()
    {
        var storage = await OpenAsync();
        using var connection = Connect();
        using (var transaction = connection.BeginTransaction())
        {
            var details = new JobDetails { Id = JobId.From("a") };
            await storage.InsertAsync(Job(details), transaction, Cancellation);
            await Assert.ThrowsAsync<JobConflictException>(async () => await storage.InsertManyAsync([Job(), Job(details, name: "other")], transaction, Cancellation));
            transaction.Commit();
        }

        Assert.Equal(1, await storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_link_to_the_file_is_the_same_file()
    {
        var storage = await OpenAsync();
        var link = Path.Combine(DirectoryPath, "link.db");
        File.CreateSymbolicLink(link, FilePath);
        using var connection = Connect(link);
        using var transaction = connection.BeginTransaction();
        await storage.InsertAsync(Job(), transaction, Cancellation);
        transaction.Commit();

        Assert.Equal(1, await storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_deferred_transaction_waits_for_whoever_writes_and_keeps_its_own_settings()
    {
        var storage = await OpenAsync();
        var others = Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < 50; i++)
                await storage.InsertAsync(Job(), null, Cancellation);
        }).ToList();

        using var connection = Connect();
        Query(connection, "PRAGMA busy_timeout = 7");
        for (var i = 0; i < 50; i++)
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            await storage.InsertAsync(Job(), transaction, Cancellation);
            transaction.Commit();
        }

        await Task.WhenAll(others);
        Assert.Equal(250, await storage.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(7L, Query(connection, "PRAGMA busy_timeout"));
    }

    [Fact]
    public async Task A_transaction_whose_snapshot_is_too_old_is_told_so()
    {
        var storage = await OpenAsync();
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        Query(connection, transaction, "SELECT count(*) FROM jobs_job");
        await storage.InsertAsync(Job(), null, Cancellation);

        var error = await Assert.ThrowsAsync<JobException>(async () => await storage.InsertAsync(Job(), transaction, Cancellation));

        Assert.Contains("deferred: false", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_on_another_file_is_refused()
    {
        var storage = await OpenAsync();
        using var connection = Connect(Path.Combine(DirectoryPath, "other.db"));
        using var transaction = connection.BeginTransaction();

        var error = await Assert.ThrowsAsync<JobException>(async () => await storage.InsertAsync(Job(), transaction, Cancellation));

        Assert.Equal(JobErrorCodes.ForeignTransaction, error.Code);
    }

    [Fact]
    public async Task A_transaction_that_has_ended_is_refused()
    {
        var storage = await OpenAsync();
        using var connection = Connect();
        using var transaction = connection.BeginTransaction();
        transaction.Commit();

        var error = await Assert.ThrowsAsync<JobException>(async () => await storage.InsertAsync(Job(), transaction, Cancellation));

        Assert.Equal(JobErrorCodes.ForeignTransaction, error.Code);
    }

    [Fact]
    public async Task A_plain_enqueue_behind_the_callers_own_transaction_fails_and_names_the_way()
    {
        var storage = await OpenAsync(options => options.BusyTimeout = TimeSpan.FromMilliseconds(20));
        using var connection = Connect();
        using (connection.BeginTransaction())
        {
            var error = await Assert.ThrowsAsync<JobException>(async () => await storage.InsertAsync(Job(), null, Cancellation));
            Assert.Equal(JobErrorCodes.Storage, error.Code);
            Assert.Contains("EnqueueOptions.Transaction", error.Message, StringComparison.Ordinal);
        }

        Assert.False((await storage.InsertAsync(Job(), null, Cancellation)).WasDeduplicated);
    }

    [Fact]
    public async Task A_completion_commits_with_the_handlers_effects_or_not_at_all()
    {
        var storage = await OpenAsync();
        Execute("CREATE TABLE effects (job TEXT)");
        var id = (await storage.InsertAsync(Job(), null, Cancellation)).Id;
        var claimed = Assert.Single((await ExchangeAsync(storage)).Claimed);
        var outcome = new JobOutcome { Id = id, Lease = claimed.Lease, Kind = JobOutcomeKind.Completed, Result = "1"u8.ToArray() };

        using var connection = Connect();
        foreach (var commit in new[] { false, true })
        {
            using var transaction = connection.BeginTransaction();
            Query(connection, transaction, "INSERT INTO effects VALUES ('x')");
            Assert.True(await storage.CompleteInTransactionAsync(outcome, transaction, Cancellation));
            if (commit)
                transaction.Commit();
            else
                transaction.Rollback();

            Assert.Equal(commit, await storage.WasCompletedAsync(id, claimed.Lease, Cancellation));
        }

        Assert.Equal(1L, Query(connection, "SELECT count(*) FROM effects"));
        Assert.Equal(JobStatus.Completed, (await storage.GetAsync(id, JobParts.Result, Cancellation))?.Status);
        using var late = connection.BeginTransaction();
        Assert.False(await storage.CompleteInTransactionAsync(outcome, late, Cancellation));
    }

    private static void Query(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteScalar();
    }
}
