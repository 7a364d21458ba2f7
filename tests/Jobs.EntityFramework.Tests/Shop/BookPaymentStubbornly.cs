using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Jobs.EntityFramework.Tests.Shop;

/// <summary>The first attempt ignores its timeout and comes back when another one has done the work.</summary>
[Job(MaxAttempts = 50, Backoff = BackoffKind.Fixed, BackoffDelay = "1ms", Timeout = "500ms")]
public sealed class BookPaymentStubbornly(IDbContextFactory<ShopContext> factory, PaymentScript script) : IJobHandler<BookPaymentInput>
{
    public async ValueTask HandleAsync(BookPaymentInput input, JobContext context, CancellationToken cancellationToken)
    {
        if (context.Attempt > 1)
            context.ExtendTimeout("5m");
        else
            await script.Release.Task;

        try
        {
            await using var db = await factory.CreateDbContextAsync(CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            db.Payments.Add(new Payment { Amount = input.Amount, Attempt = context.Attempt });
            await db.SaveChangesAsync(CancellationToken.None);
            await context.CompleteAsync(transaction.GetDbTransaction(), CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception exception) when (context.Attempt == 1)
        {
            script.Refusal.TrySetResult(exception);
            throw;
        }
    }
}
