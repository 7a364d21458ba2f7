using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Jobs.EntityFramework.Tests.Shop;

/// <summary>Its effect and its completion commit together.</summary>
[Job(Backoff = BackoffKind.Fixed, BackoffDelay = "1ms")]
public sealed class BookPayment(ShopContext db, PaymentScript script) : IJobHandler<BookPaymentInput, BookPaymentResult>
{
    public async ValueTask<BookPaymentResult> HandleAsync(BookPaymentInput input, JobContext context, CancellationToken cancellationToken)
    {
        await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(script.Isolation, token);
                var payment = db.Payments.Add(new Payment { Amount = input.Amount, Attempt = context.Attempt }).Entity;
                await db.SaveChangesAsync(token);
                await script.BeforeCompletion(context);
                await context.CompleteAsync(new BookPaymentResult($"Payment of {payment.Amount}"), script.Choose(db.Database.CurrentTransaction!.GetDbTransaction()), token);
                if (await script.BeforeCommit(context, transaction.GetDbTransaction()))
                    await transaction.CommitAsync(token);
            },
            cancellationToken);
        return new BookPaymentResult("ignored: the result is what CompleteAsync was given");
    }
}
