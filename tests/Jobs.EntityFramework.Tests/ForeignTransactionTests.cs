using Jobs.EntityFramework.Tests.PostgreSql;
using Jobs.EntityFramework.Tests.Shop;
using Jobs.EntityFramework.Tests.Sqlite;
using Jobs.TestServers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Jobs.EntityFramework.Tests;

/// <summary>Only a transaction of the database that holds the jobs can be shared; any other is refused before anything is stored.</summary>
public sealed class ForeignTransactionTests(PostgreSqlFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_in_PostgreSql_refuse_a_transaction_of_SQLite()
    {
        await using var jobs = new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
        await using var entities = new SqliteShopDatabase();
        await RefuseAsync(jobs, entities, JobErrorCodes.ForeignTransaction);
    }

    [Fact]
    public async Task Jobs_in_SQLite_refuse_a_transaction_of_PostgreSql()
    {
        await using var jobs = new SqliteShopDatabase();
        await using var entities = new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
        await RefuseAsync(jobs, entities, JobErrorCodes.ForeignTransaction);
    }

    [Fact]
    public async Task Jobs_in_PostgreSql_refuse_a_transaction_of_another_database()
    {
        await using var jobs = new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
        await using var entities = new PostgreSqlShopDatabase(await server.CreateDatabaseAsync());
        await RefuseAsync(jobs, entities, JobErrorCodes.ForeignTransaction);
    }

    [Fact]
    public async Task Jobs_in_SQLite_refuse_a_transaction_of_another_file()
    {
        await using var jobs = new SqliteShopDatabase();
        await using var entities = new SqliteShopDatabase();
        await RefuseAsync(jobs, entities, JobErrorCodes.ForeignTransaction);
    }

    [Fact]
    public async Task Jobs_in_memory_refuse_every_transaction()
    {
        await using var jobs = new InMemoryShopDatabase();
        await using var entities = new SqliteShopDatabase();
        await RefuseAsync(jobs, entities, JobErrorCodes.NotSupported);
    }

    private static async Task RefuseAsync(ShopDatabase jobs, ShopDatabase entities, string code)
    {
        await using var shop = await ShopHost.StartAsync(new TwoDatabases(jobs, entities), cancellationToken: Cancellation);
        await using var db = shop.Connect();
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            db.Orders.Add(new Order { Customer = "Ada" });
            await db.SaveChangesAsync(Cancellation);
            var options = new EnqueueOptions { Transaction = transaction.GetDbTransaction() };

            var one = await Assert.ThrowsAsync<JobException>(async () => await shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(1), options, Cancellation));
            var many = await Assert.ThrowsAsync<JobException>(async () => await shop.Client.BookPayment.EnqueueManyAsync([new BookPaymentInput(1), new BookPaymentInput(2)], options, Cancellation));

            Assert.Equal((code, code), (one.Code, many.Code));
            await transaction.CommitAsync(Cancellation);
        }

        Assert.Equal(0, await shop.Manager.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(1, await db.Orders.CountAsync(Cancellation));

        // A completion is refused alike: the attempt fails, and its effect is rolled back.
        var completed = await shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(1), new EnqueueOptions { MaxAttempts = 1 }, Cancellation);
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => completed.WaitForResultAsync(Cancellation));
        Assert.Equal(FailureReason.HandlerError, failure.Reason);
        Assert.Equal(typeof(JobException).FullName, Assert.Single((await shop.Manager.GetAsync(completed.Id, Cancellation))!.Attempts).ErrorType);
        Assert.False(await db.Payments.AnyAsync(Cancellation));
    }

    /// <summary>Jobs in one, entities in the other: what the application must not do when it wants them to commit together.</summary>
    private sealed class TwoDatabases(ShopDatabase jobs, ShopDatabase entities) : ShopDatabase
    {
        public override void StoreJobs(JobsBuilder builder) => jobs.StoreJobs(builder);

        public override void StoreEntities(DbContextOptionsBuilder options, bool retries) => entities.StoreEntities(options, retries);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class InMemoryShopDatabase : ShopDatabase
    {
        public override void StoreJobs(JobsBuilder builder) => builder.UseInMemory();

        public override void StoreEntities(DbContextOptionsBuilder options, bool retries) => throw new InvalidOperationException("Entities need a database.");

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
