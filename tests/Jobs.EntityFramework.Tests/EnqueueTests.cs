using Jobs.EntityFramework.Tests.Shop;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Jobs.EntityFramework.Tests;

/// <summary>A job that is stored by the caller's own transaction.</summary>
public abstract class EnqueueTests : ShopTests
{
    [Fact]
    public async Task A_commit_makes_the_job_visible_and_it_runs()
    {
        await StartAsync();
        await using var db = Shop.Connect();
        var order = new Order { Customer = "Ada" };

        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        db.Orders.Add(order);
        await db.SaveChangesAsync(Cancellation);
        var job = await Shop.Client.SendInvoice.EnqueueAsync(
            new SendInvoiceInput(order.Id), new EnqueueOptions { Transaction = db.Database.CurrentTransaction!.GetDbTransaction() }, Cancellation);
        Assert.Null(await Shop.Client.SendInvoice.GetAsync(job.Id, Cancellation));
        await transaction.CommitAsync(Cancellation);

        Assert.Equal("Invoice for Ada", await job.WaitForResultAsync(Cancellation));
        Assert.Equal(1, (await job.GetStatusAsync(Cancellation)).Attempt);
    }

    [Fact]
    public async Task A_rollback_leaves_nothing()
    {
        await StartAsync();
        await using var db = Shop.Connect();
        var order = new Order { Customer = "Ada" };
        var id = JobId.From("invoice of Ada");

        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            db.Orders.Add(order);
            await db.SaveChangesAsync(Cancellation);
            var options = new EnqueueOptions { Id = id, Transaction = db.Database.CurrentTransaction!.GetDbTransaction() };
            await Shop.Client.SendInvoice.EnqueueAsync(new SendInvoiceInput(order.Id), options, Cancellation);
            await Shop.Client.SendInvoice.EnqueueManyAsync([new SendInvoiceInput(order.Id), new SendInvoiceInput(order.Id)], options with { Id = null }, Cancellation);
            await transaction.RollbackAsync(Cancellation);
        }

        Assert.Equal(0, await Shop.Manager.CountAsync(new JobFilter(), Cancellation));
        Assert.False(await db.Orders.AnyAsync(Cancellation));
        var again = await Shop.Client.SendInvoice.EnqueueAsync(new SendInvoiceInput(order.Id), new EnqueueOptions { Id = id, Delay = "1h" }, Cancellation);
        Assert.False(again.WasDeduplicated);
    }

    [Fact]
    public async Task A_commit_that_failed_and_was_repeated_stores_the_job_once()
    {
        await StartAsync(retries: true);
        await using var db = Shop.Connect();
        var order = new Order { Customer = "Grace" };
        var (id, runs) = (JobId.New(), 0);
        Shop.Commits.FailBeforeNext();

        var job = await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                runs++;
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                db.Orders.Add(order);
                await db.SaveChangesAsync(token);
                var job = await Shop.Client.SendInvoice.EnqueueAsync(
                    new SendInvoiceInput(order.Id), new EnqueueOptions { Id = id, Transaction = db.Database.CurrentTransaction!.GetDbTransaction() }, token);
                await transaction.CommitAsync(token);
                return job;
            },
            Cancellation);

        Assert.Equal(2, runs);
        Assert.False(job.WasDeduplicated);
        Assert.Equal("Invoice for Grace", await job.WaitForResultAsync(Cancellation));
        Assert.Equal(1, await Shop.Manager.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(1, await db.Orders.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_stores_the_job_once()
    {
        await StartAsync(retries: true);
        await using var db = Shop.Connect();
        var order = new Order { Customer = "Grace" };
        var (id, runs) = (JobId.New(), 0);
        Shop.Commits.FailAfterNext();

        var job = await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                runs++;
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                if (!await db.Orders.AnyAsync(stored => stored.Id == order.Id, token))
                    db.Orders.Add(order);

                await db.SaveChangesAsync(token);
                var job = await Shop.Client.SendInvoice.EnqueueAsync(
                    new SendInvoiceInput(order.Id), new EnqueueOptions { Id = id, Transaction = db.Database.CurrentTransaction!.GetDbTransaction() }, token);
                await transaction.CommitAsync(token);
                return job;
            },
            Cancellation);

        Assert.Equal(2, runs);
        Assert.True(job.WasDeduplicated);
        Assert.Equal("Invoice for Grace", await job.WaitForResultAsync(Cancellation));
        Assert.Equal(1, await Shop.Manager.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(1, await db.Orders.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_refused_input_leaves_the_rest_of_the_transaction_alone()
    {
        await StartAsync();
        await using var db = Shop.Connect();
        var order = new Order { Customer = "Ada" };
        var taken = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(1), new EnqueueOptions { Id = JobId.From("taken"), Delay = "1h" }, Cancellation);

        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            db.Orders.Add(order);
            await db.SaveChangesAsync(Cancellation);
            await Assert.ThrowsAsync<JobConflictException>(async () => await Shop.Client.SendInvoice.EnqueueAsync(
                new SendInvoiceInput(order.Id), new EnqueueOptions { Id = taken.Id, Transaction = transaction.GetDbTransaction() }, Cancellation));
            await transaction.CommitAsync(Cancellation);
        }

        Assert.Equal(1, await Shop.Manager.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(1, await db.Orders.CountAsync(Cancellation));
    }
}
