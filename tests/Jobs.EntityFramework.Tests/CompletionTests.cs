using Jobs.EntityFramework.Tests.Shop;
using Microsoft.EntityFrameworkCore;

namespace Jobs.EntityFramework.Tests;

/// <summary>A job that its handler completes in a transaction of its own.</summary>
public abstract class CompletionTests : ShopTests
{
    [Fact]
    public async Task Effect_and_completion_commit_together_and_the_waiter_gets_the_result_that_was_committed()
    {
        await StartAsync();
        JobSnapshot? before = null;
        var paymentsBefore = -1;
        Shop.Script.BeforeCommit = async (context, _) =>
        {
            await using var outside = Shop.Connect();
            before = await Shop.Manager.GetAsync(context.JobId, Cancellation);
            paymentsBefore = await outside.Payments.CountAsync(Cancellation);
            return true;
        };

        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(7), cancellationToken: Cancellation);

        Assert.Equal("Payment of 7", (await job.WaitForResultAsync(Cancellation)).Receipt);
        Assert.Equal((JobStatus.Running, 0), (before?.Status, paymentsBefore));
        var after = await job.GetStatusAsync(Cancellation);
        Assert.Equal((JobStatus.Completed, 1), (after.Status, after.Attempt));
        Assert.Equal(7, (await PaymentAsync()).Amount);
    }

    [Fact]
    public async Task The_waiter_gets_the_result_of_a_record_that_is_not_kept()
    {
        await StartAsync();
        var (running, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Shop.Script.BeforeCommit = async (_, _) =>
        {
            running.SetResult();
            await release.Task;
            return true;
        };

        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(8), new EnqueueOptions { RetainCompleted = "0s" }, Cancellation);
        await running.Task.WaitAsync(Cancellation);
        var waiting = job.WaitForResultAsync(Cancellation);
        release.SetResult();

        Assert.Equal("Payment of 8", (await waiting).Receipt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rollback_fails_the_attempt_and_the_next_one_has_the_effect_once(bool throws)
    {
        await StartAsync();
        Shop.Script.BeforeCommit = (context, _) => context.Attempt > 1 ? Task.FromResult(true) : throws ? throw new InvalidOperationException("Out of luck.") : Task.FromResult(false);

        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(7), cancellationToken: Cancellation);

        Assert.Equal("Payment of 7", (await job.WaitForResultAsync(Cancellation)).Receipt);
        var after = await Shop.Manager.GetAsync(job.Id, Cancellation);
        Assert.Equal([FailureReason.CompletionNotCommitted, FailureReason.None], after!.Attempts.Select(attempt => attempt.Reason));
        Assert.Equal(2, (await PaymentAsync()).Attempt);
    }

    [Fact]
    public async Task A_completion_that_is_never_committed_fails_the_job_for_that_reason()
    {
        await StartAsync();
        Shop.Script.BeforeCommit = static (_, _) => Task.FromResult(false);

        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(7), new EnqueueOptions { MaxAttempts = 2 }, Cancellation);

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForResultAsync(Cancellation));
        Assert.Equal(FailureReason.CompletionNotCommitted, failure.Reason);
        await using var db = Shop.Connect();
        Assert.False(await db.Payments.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_commit_that_failed_is_repeated_within_the_attempt()
    {
        await StartAsync(retries: true);
        var completions = 0;
        Shop.Script.BeforeCommit = (_, _) => Task.FromResult(Interlocked.Increment(ref completions) > 0);
        Shop.Commits.FailBeforeNext();

        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(7), cancellationToken: Cancellation);

        Assert.Equal("Payment of 7", (await job.WaitForResultAsync(Cancellation)).Receipt);
        Assert.Equal(2, completions);
        Assert.Equal(1, (await job.GetStatusAsync(Cancellation)).Attempt);
        await PaymentAsync();
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_counts_and_its_repetition_is_refused()
    {
        await StartAsync(retries: true);
        Shop.Commits.FailAfterNext();

        var job = await Shop.Client.BookPayment.EnqueueAsync(new BookPaymentInput(7), cancellationToken: Cancellation);

        Assert.Equal("Payment of 7", (await job.WaitForResultAsync(Cancellation)).Receipt);
        var after = await job.GetStatusAsync(Cancellation);
        Assert.Equal((JobStatus.Completed, 1), (after.Status, after.Attempt));
        await PaymentAsync();
    }

    [Fact]
    public async Task A_handler_that_comes_back_after_another_run_has_no_effect()
    {
        await StartAsync(configure: jobs => jobs.Worker(worker => worker.AbandonGrace = TimeSpan.Zero));
        var job = await Shop.Client.BookPaymentStubbornly.EnqueueAsync(new BookPaymentInput(7), cancellationToken: Cancellation);
        await job.WaitForCompletionAsync(Cancellation);

        Shop.Script.Release.SetResult();

        Assert.IsType<JobLeaseLostException>(await Shop.Script.Refusal.Task.WaitAsync(Cancellation));
        Assert.True((await PaymentAsync()).Attempt > 1);
        Assert.Equal(JobStatus.Completed, (await job.GetStatusAsync(Cancellation)).Status);
    }

    /// <summary>The one and only.</summary>
    private async Task<Payment> PaymentAsync()
    {
        await using var db = Shop.Connect();
        return await db.Payments.SingleAsync(Cancellation);
    }
}
