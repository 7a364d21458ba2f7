using System.Data;
using System.Data.Common;

namespace Jobs.EntityFramework.Tests.Shop;

/// <summary>What a test has a payment's handler do.</summary>
public sealed class PaymentScript
{
    public IsolationLevel Isolation { get; set; } = IsolationLevel.Unspecified;

    /// <summary>Runs when the transaction has its snapshot and the effect.</summary>
    public Func<JobContext, Task> BeforeCompletion { get; set; } = static _ => Task.CompletedTask;

    /// <summary>The transaction to complete in.</summary>
    public Func<DbTransaction, DbTransaction> Choose { get; set; } = static transaction => transaction;

    /// <summary>Runs after the completion; false leaves the transaction to be rolled back.</summary>
    public Func<JobContext, DbTransaction, Task<bool>> BeforeCommit { get; set; } = static (_, _) => Task.FromResult(true);

    /// <summary>Holds the first attempt of <see cref="BookPaymentStubbornly"/> back.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What that attempt met in the end.</summary>
    public TaskCompletionSource<Exception> Refusal { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
