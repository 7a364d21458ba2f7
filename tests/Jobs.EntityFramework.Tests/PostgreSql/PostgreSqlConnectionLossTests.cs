using Jobs.EntityFramework.Tests.Shop;
using Jobs.TestServers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Jobs.EntityFramework.Tests.PostgreSql;

/// <summary>A connection that breaks inside a transaction: the caller's execution strategy must recognize it.</summary>
public sealed class PostgreSqlConnectionLossTests(PostgreSqlFixture server) : ShopTests
{
    [Fact]
    public async Task A_strategy_repeats_an_enqueue_whose_connection_was_lost()
    {
        await StartAsync(retries: true);
        await using var db = Shop.Connect();
        var order = new Order { Customer = "Grace" };
        var (id, runs) = (JobId.New(), 0);

        var job = await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                db.Orders.Add(order);
                await db.SaveChangesAsync(token);
                if (++runs == 1)
                    Terminate((NpgsqlConnection)db.Database.GetDbConnection());

                var job = await Shop.Client.SendInvoice.EnqueueAsync(
                    new SendInvoiceInput(order.Id), new EnqueueOptions { Id = id, Transaction = db.Database.CurrentTransaction!.GetDbTransaction() }, token);
                await transaction.CommitAsync(token);
                return job;
            },
            Cancellation);

        Assert.Equal(2, runs);
        Assert.Equal("Invoice for Grace", await job.WaitForResultAsync(Cancellation));
        Assert.Equal(1, await Shop.Manager.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_strategy_repeats_a_completion_whose_connection_was_lost()
    {
        await StartAsync(retries: true);
        var runs = 0;
        Shop.Script.Choose = transaction =>
        {
            if (Interlocked.Increment(ref runs) == 1)
                Terminate((NpgsqlConnection)transaction.Connection!);

            return transaction;
        };

        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(7), cancellationToken: Cancellation);

        Assert.Equal("Payment of 7", (await job.WaitForResultAsync(Cancellation)).Receipt);
        Assert.Equal(2, runs);
        Assert.Equal(1, (await job.GetStatusAsync(Cancellation)).Attempt);
        await using var db = Shop.Connect();
        await db.Payments.SingleAsync(Cancellation);
    }

    protected override async Task<ShopDatabase> CreateDatabaseAsync() => new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());

    /// <summary>Returns when the server process is gone.</summary>
    private void Terminate(NpgsqlConnection connection)
    {
        using var command = ((PostgreSqlShopDatabase)Database).DataSource.CreateCommand("SELECT pg_terminate_backend($1, 30000)");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = connection.ProcessID });
        Assert.True((bool)command.ExecuteScalar()!);
    }
}
