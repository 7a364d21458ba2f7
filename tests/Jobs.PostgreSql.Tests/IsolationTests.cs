using System.Data;
using System.Data.Common;
using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>
/// Transactions of the application that overlap from their first statement to their last never fail because of the bookkeeping of jobs. The
/// tables are nearly empty, so that everything shares pages: whatever the server could take for a dependency between two of them, it does.
/// </summary>
public sealed class IsolationTests(ServerFixture server) : StorageTests
{
    private const int Each = 3;

    private PostgreSqlHarness Own => (PostgreSqlHarness)Harness;

    public static TheoryData<IsolationLevel, string> Combinations
    {
        get
        {
            var combinations = new TheoryData<IsolationLevel, string>();
            foreach (var isolation in (IsolationLevel[])[IsolationLevel.RepeatableRead, IsolationLevel.Serializable])
            {
                foreach (var kind in (string[])["plain", "delayed", "id", "idempotency", "submitter", "concurrency", "fairness", "lifo", "ordering", "dependency"])
                    combinations.Add(isolation, kind);
            }

            return combinations;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Enqueueing_side_by_side_fails_nobody(IsolationLevel isolation, string kind)
    {
        var parents = await InsertManyAsync([Job("parent"), Job("parent")]);
        await using var first = await BeginAsync(isolation);
        await using var second = await BeginAsync(isolation);

        for (var i = 0; i < Each; i++)
        {
            await Storage.InsertAsync(Of(kind, $"first {i}", parents[0].Id), first, Cancellation);
            await Storage.InsertAsync(Of(kind, $"second {i}", parents[1].Id), second, Cancellation);
            await WorkBesideAsync();
        }

        await first.CommitAsync(Cancellation);
        await second.CommitAsync(Cancellation);
        Assert.Equal(2 * Each, await Storage.CountAsync(new JobFilter { Name = "enqueued" }, Cancellation));

        // And each of them runs.
        var worker = await StartWorkerAsync("last", ["parent", "enqueued"]);
        var done = 0;
        for (var i = 0; i < 10 && done < 2 + (2 * Each); i++)
        {
            await Harness.AdvanceAsync(TimeSpan.FromHours(1));
            await worker.HeartbeatAsync();
            foreach (var job in await worker.ClaimAsync(10))
            {
                await worker.CompleteAsync(job);
                done++;
            }
        }

        Assert.Equal(2 + (2 * Each), done);
    }

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead, "kept")]
    [InlineData(IsolationLevel.Serializable, "kept")]
    [InlineData(IsolationLevel.RepeatableRead, "removed")]
    [InlineData(IsolationLevel.Serializable, "removed")]
    [InlineData(IsolationLevel.RepeatableRead, "callback")]
    [InlineData(IsolationLevel.Serializable, "callback")]
    public async Task Completing_and_enqueueing_side_by_side_fails_nobody(IsolationLevel isolation, string kind)
    {
        var policy = kind switch
        {
            "removed" => new JobPolicy { RetainCompleted = TimeSpan.Zero },
            "callback" => new JobPolicy { OnCompleted = "https://example.com/", Callback = new FollowUpTarget("tell", "callbacks", 0, JobPolicy.Default) },
            _ => JobPolicy.Default,
        };
        await InsertManyAsync([.. Enumerable.Range(0, 2 * Each).Select(i => Job(policy: policy, details: i % 2 == 0 ? new JobDetails { IdempotencyKey = $"k{i}" } : null))]);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2 * Each);
        Assert.Equal(2 * Each, claimed.Count);
        await using var first = await BeginAsync(isolation);
        await using var second = await BeginAsync(isolation);

        for (var i = 0; i < Each; i++)
        {
            Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed[2 * i], JobOutcomeKind.Completed), first, Cancellation));
            Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed[(2 * i) + 1], JobOutcomeKind.Completed), second, Cancellation));
            await Storage.InsertAsync(Job("enqueued", policy: policy), first, Cancellation);
            await Storage.InsertAsync(Job("enqueued", policy: policy), second, Cancellation);
            await worker.HeartbeatAsync();
            await WorkBesideAsync();
        }

        await first.CommitAsync(Cancellation);
        await second.CommitAsync(Cancellation);
        foreach (var job in claimed)
        {
            Assert.True(await Storage.WasCompletedAsync(job.Id, job.Lease, Cancellation));
            if (kind == "removed")
                Assert.False(await ExistsAsync(job.Id));
            else
                Assert.Equal(JobStatus.Completed, (await GetAsync(job.Id)).Status);
        }

        Assert.Equal(2 * Each, await Storage.CountAsync(new JobFilter { Name = "enqueued" }, Cancellation));
        Assert.Equal(kind == "callback" ? 2 * Each : 0, await Storage.CountAsync(new JobFilter { Name = "tell" }, Cancellation));
    }

    [Theory]
    [InlineData(IsolationLevel.ReadCommitted)]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task A_job_joins_its_line_behind_those_that_its_transaction_cannot_see(IsolationLevel isolation)
    {
        await using var transaction = await BeginAsync(isolation);
        var first = await InsertAsync(Job(details: new JobDetails { OrderingKey = "k" }));
        var second = await Storage.InsertAsync(Job(details: new JobDetails { OrderingKey = "k" }), transaction, Cancellation);
        await transaction.CommitAsync(Cancellation);

        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(10);
        Assert.Equal(first.Id, Assert.Single(claimed).Id);
        Assert.Empty(await worker.ClaimAsync(10));
        await worker.CompleteAsync(claimed[0]);
        Assert.Equal(second.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_database_whose_transactions_are_serializable_by_default_is_refused()
    {
        var database = await server.Server.CreateDatabaseAsync();
        await using var harness = new PostgreSqlHarness(database + ";Options=-c default_transaction_isolation=serializable");

        var refusal = await Assert.ThrowsAsync<JobException>(async () => await harness.OpenAsync(Cancellation));

        Assert.Contains("default_transaction_isolation", refusal.Message, StringComparison.Ordinal);
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);

    private static JobRecord Of(string kind, string key, JobId parent) => Job("enqueued", delay: kind == "delayed" ? TimeSpan.FromMinutes(1) : default, details: kind switch
    {
        "id" => new JobDetails { Id = JobId.From(key) },
        "idempotency" => new JobDetails { IdempotencyKey = key },
        "submitter" => new JobDetails { Submitter = key, Tags = [key] },
        "concurrency" => new JobDetails { ConcurrencyKey = key },
        "fairness" => new JobDetails { FairnessKey = key },
        "lifo" => new JobDetails { Lifo = true },
        "ordering" => new JobDetails { OrderingKey = key },
        "dependency" => new JobDetails { DependsOn = [parent] },
        _ => null,
    });

    /// <summary>A transaction whose snapshot is taken.</summary>
    private async Task<DbTransaction> BeginAsync(IsolationLevel isolation)
    {
        var connection = await Own.Admin.OpenConnectionAsync(Cancellation);
        var transaction = await connection.BeginTransactionAsync(isolation, Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_class";
        await command.ExecuteScalarAsync(Cancellation);
        return transaction;
    }

    /// <summary>Other processes and callers, which know nothing of the transactions.</summary>
    private async Task WorkBesideAsync()
    {
        await InsertAsync("beside");
        var other = await StartWorkerAsync("other", ["beside"]);
        await other.CompleteAsync(await other.ClaimOneAsync());
        await MaintainAsync();
    }
}
