using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jobs.EntityFramework.Tests;

/// <summary>Lets one commit fail with an error that execution strategies take for transient.</summary>
internal sealed class FailingCommits : DbTransactionInterceptor
{
    private int _before;
    private int _after;

    /// <summary>The next commit does not reach the database.</summary>
    public void FailBeforeNext() => _before = 1;

    /// <summary>The next commit succeeds, but its answer is lost.</summary>
    public void FailAfterNext() => _after = 1;

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _before, 0) == 1 ? throw new TimeoutException("Injected: the commit was not sent.") : ValueTask.FromResult(result);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _after, 0) == 1 ? throw new TimeoutException("Injected: the answer to the commit was lost.") : Task.CompletedTask;
}
