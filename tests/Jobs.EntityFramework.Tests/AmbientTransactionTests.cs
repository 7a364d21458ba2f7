using System.Transactions;
using Jobs.EntityFramework.Tests.Shop;

namespace Jobs.EntityFramework.Tests;

/// <summary>A TransactionScope around an enqueue: only the transaction that the options name counts.</summary>
public abstract class AmbientTransactionTests : ShopTests
{
    [Fact]
    public async Task A_scope_that_is_not_completed_does_not_take_the_job_back()
    {
        await StartAsync();
        JobHandle<BookPaymentResult> job;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(7), cancellationToken: Cancellation);
        }

        Assert.Equal("Payment of 7", (await job.WaitForResultAsync(Cancellation)).Receipt);
    }

    [Fact]
    public async Task Many_jobs_in_a_scope_stay_and_so_does_a_cancelling()
    {
        await StartAsync();
        var options = new EnqueueOptions { Delay = "1h" };
        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(1), options, Cancellation);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await Shop.Client.BookPayment.EnqueueManyAsync([new BookPaymentInput(2), new BookPaymentInput(3)], options, Cancellation);
            Assert.True(await job.CancelAsync(Cancellation));
        }

        Assert.Equal(2, await Shop.Manager.CountAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation));
        Assert.Equal(JobStatus.Cancelled, (await job.GetStatusAsync(Cancellation)).Status);
    }
}
