using System.Data;
using Jobs.EntityFramework.Tests.Shop;
using Jobs.TestServers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Jobs.EntityFramework.Tests.PostgreSql;

/// <summary>Transactions with a fixed snapshot, while the jobs' own bookkeeping goes on around them.</summary>
public sealed class PostgreSqlIsolationTests(PostgreSqlFixture server) : ShopTests
{
    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task An_enqueue_commits_whatever_went_on_since_the_snapshot(IsolationLevel isolation)
    {
        await StartBusyAsync();
        await using var db = Shop.Connect();
        var order = new Order { Customer = "Ada" };

        await using var transaction = await db.Database.BeginTransactionAsync(isolation, Cancellation);
        db.Orders.Add(order);
        await db.SaveChangesAsync(Cancellation);
        await GoOnAsync();
        var job = await Shop.Client.SendInvoice.EnqueueAsync(
            new SendInvoiceInput(order.Id), new EnqueueOptions { IdempotencyKey = "Ada", Transaction = db.Database.CurrentTransaction!.GetDbTransaction() }, Cancellation);
        await GoOnAsync();
        await transaction.CommitAsync(Cancellation);

        Assert.Equal("Invoice for Ada", await job.WaitForResultAsync(Cancellation));
    }

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task A_completion_commits_whatever_went_on_since_the_snapshot(IsolationLevel isolation)
    {
        await StartBusyAsync();
        Shop.Script.Isolation = isolation;
        Shop.Script.BeforeCompletion = async context =>
        {
            if (context.MaxAttempts != Watched)
                return;

            await context.ReportProgressAsync(50, "half", Cancellation);
            while ((await Shop.Manager.GetAsync(context.JobId, Cancellation))?.Progress != 50)
            {
            }

            await GoOnAsync();
        };
        Shop.Script.BeforeCommit = async (context, _) =>
        {
            if (context.MaxAttempts == Watched)
                await GoOnAsync();

            return true;
        };

        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(7), new EnqueueOptions { MaxAttempts = Watched }, Cancellation);

        Assert.Equal("Payment of 7", (await job.WaitForResultAsync(Cancellation)).Receipt);
        Assert.Equal(1, (await job.GetStatusAsync(Cancellation)).Attempt);
    }

    // Not SERIALIZABLE with "0s": there the completion deletes the job's row and keys, whose index pages the other enqueues write.
    [Theory]
    [InlineData(IsolationLevel.RepeatableRead, "1h")]
    [InlineData(IsolationLevel.RepeatableRead, "0s")]
    [InlineData(IsolationLevel.Serializable, "1h")]
    public async Task Handlers_that_complete_and_enqueue_side_by_side_do_not_fail_each_other(IsolationLevel isolation, string retention)
    {
        const int Handlers = 6;
        await StartAsync(configure: static jobs => jobs.Worker(static worker => worker.Concurrency = Handlers));
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Shop.Script.Isolation = isolation;
        Shop.Script.BeforeCommit = async (context, transaction) =>
        {
            var options = new EnqueueOptions { Delay = "1h", IdempotencyKey = context.JobId.ToString(), Transaction = transaction };
            await Shop.Client.SendInvoice.EnqueueAsync(new SendInvoiceInput(Guid.NewGuid()), options, Cancellation);
            if (Interlocked.Increment(ref arrived) == Handlers)
                all.SetResult();

            await all.Task.WaitAsync(Cancellation);
            return true;
        };

        await Shop.Client.BookPayment.EnqueueManyAsync(
            Enumerable.Range(1, Handlers).Select(static amount => new BookPaymentInput(amount)), new EnqueueOptions { RetainCompleted = retention }, Cancellation);

        // What was enqueued with the completions says when all of them are committed, also where no record of them is kept.
        while (await Shop.Manager.CountAsync(new JobFilter { Name = JobNames.SendInvoice }, Cancellation) < Handlers)
        {
        }

        Assert.Equal(Handlers, arrived);
    }

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task A_key_that_somebody_took_since_the_snapshot_is_met_when_the_strategy_repeats(IsolationLevel isolation)
    {
        await StartAsync(retries: true);
        await using var db = Shop.Connect();
        var (order, options, runs) = (new Order { Customer = "Ada" }, new EnqueueOptions { IdempotencyKey = "Ada", Delay = "1h" }, 0);

        var job = await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(isolation, token);
                db.Orders.Add(order);
                await db.SaveChangesAsync(token);
                if (++runs == 1)
                    await Shop.Client.SendInvoice.EnqueueAsync(new SendInvoiceInput(order.Id), options, token);

                var job = await Shop.Client.SendInvoice.EnqueueAsync(new SendInvoiceInput(order.Id), options with { Transaction = transaction.GetDbTransaction() }, token);
                await transaction.CommitAsync(token);
                return job;
            },
            Cancellation);

        Assert.Equal(2, runs);
        Assert.True(job.WasDeduplicated);
        Assert.Equal(1, await Shop.Manager.CountAsync(new JobFilter(), Cancellation));
    }

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task Callers_that_enqueue_side_by_side_do_not_fail_each_other(IsolationLevel isolation)
    {
        const int Callers = 4;
        await StartAsync();
        var contexts = Enumerable.Range(0, Callers).Select(_ => Shop.Connect()).ToList();
        var transactions = new List<IDbContextTransaction>();
        var jobs = new List<JobHandle<BookPaymentResult>>();
        foreach (var db in contexts)
            transactions.Add(await db.Database.BeginTransactionAsync(isolation, Cancellation));

        foreach (var transaction in transactions)
        {
            var options = new EnqueueOptions { Id = JobId.New(), IdempotencyKey = Guid.NewGuid().ToString(), Transaction = transaction.GetDbTransaction() };
            jobs.Add(await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(1), options, Cancellation));
            await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(2), new EnqueueOptions { Transaction = transaction.GetDbTransaction() }, Cancellation);
        }

        foreach (var transaction in transactions)
            await transaction.CommitAsync(Cancellation);

        foreach (var job in jobs)
            await job.WaitForResultAsync(Cancellation);

        Assert.Equal(2 * Callers, await Shop.Manager.CountAsync(new JobFilter(), Cancellation));
        foreach (var db in contexts)
            await db.DisposeAsync();
    }

    protected override async Task<ShopDatabase> CreateDatabaseAsync() => new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());

    /// <summary>Marks the one job that a test looks at.</summary>
    private const int Watched = 9;

    private async Task StartBusyAsync() => await StartAsync(configure: static jobs => jobs.Worker(static worker => worker.HeartbeatInterval = TimeSpan.FromMilliseconds(20)));

    /// <summary>Other jobs come, run and end, and the worker reports that it is alive.</summary>
    private async Task GoOnAsync()
    {
        var before = Assert.Single(await Shop.Manager.ListWorkersAsync(Cancellation)).LastHeartbeatAt;
        foreach (var job in await Shop.Client.BookPayment.EnqueueManyAsync([new BookPaymentInput(1), new BookPaymentInput(2), new BookPaymentInput(3)], cancellationToken: Cancellation))
            await job.WaitForResultAsync(Cancellation);

        while (Assert.Single(await Shop.Manager.ListWorkersAsync(Cancellation)).LastHeartbeatAt == before)
        {
        }
    }
}
