using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>The job that is running, this attempt of it, and what a handler can do besides returning or throwing.</summary>
public abstract partial class JobContext
{
    /// <summary>The job's id.</summary>
    public abstract JobId JobId { get; }

    /// <summary>The stored name under which the job was enqueued (for a renamed job, possibly an alias).</summary>
    public abstract string JobName { get; }

    /// <summary>The queue that the job came from.</summary>
    public abstract string Queue { get; }

    /// <summary>The number of this attempt: 1 in the first run.</summary>
    public abstract int Attempt { get; }

    /// <summary>How many attempts the job has, the first included.</summary>
    public abstract int MaxAttempts { get; }

    /// <summary>When the job was enqueued, by the storage's clock.</summary>
    public abstract DateTimeOffset CreatedAt { get; }

    /// <summary>The job's tags.</summary>
    public abstract IReadOnlyList<string> Tags { get; }

    /// <summary>What the caller sent along.</summary>
    public abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The services of this attempt's scope, which is created when it is first used and disposed after the attempt.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>A logger whose scope carries the job's id, name and attempt.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>Records how far the job is; visible in its snapshot. Reports in quick succession are merged, the last one wins.</summary>
    /// <param name="percent">From 0 to 100.</param>
    /// <param name="message">What is being done; at most 1,000 characters are kept.</param>
    /// <param name="cancellationToken">Stops waiting; the report may still be stored.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is below 0, above 100 or not a number.</exception>
    public abstract ValueTask ReportProgressAsync(double percent, string? message = null, CancellationToken cancellationToken = default);

    /// <summary>Records how far the job is, with data for whoever looks at <see cref="JobSnapshot.ProgressData"/>.</summary>
    /// <param name="percent">From 0 to 100.</param>
    /// <param name="data">What there is to tell; at most 10,000 characters as JSON.</param>
    /// <param name="message">What is being done; at most 1,000 characters are kept.</param>
    /// <param name="cancellationToken">Stops waiting; the report may still be stored.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is below 0, above 100 or not a number.</exception>
    /// <exception cref="ArgumentException">The data is larger than allowed.</exception>
    public virtual ValueTask ReportProgressAsync(double percent, JsonElement data, string? message = null, CancellationToken cancellationToken = default) =>
        ReportProgressAsync(percent, message, cancellationToken);

    /// <summary>Ends the job as failed, without further attempts. Never returns; <c>throw context.Fail(…)</c> reads well.</summary>
    /// <param name="reason">Kept as the job's error.</param>
    [DoesNotReturn]
    public abstract Exception Fail(string reason);

    /// <summary>Gives the job back for later; this attempt is not counted. Never returns.</summary>
    /// <param name="delay">When the job is due again, from now.</param>
    [DoesNotReturn]
    public abstract Exception Snooze(JobDuration delay);

    /// <summary>Fails this attempt and sets the delay of the next one in place of the backoff's. Never returns.</summary>
    /// <param name="delay">When the job is due again, from now.</param>
    /// <param name="reason">Kept as the attempt's error.</param>
    [DoesNotReturn]
    public abstract Exception RetryAfter(JobDuration delay, string reason);

    /// <summary>Moves the end of this attempt's timeout. Without a timeout it does nothing.</summary>
    /// <param name="by">How much later the attempt times out.</param>
    public abstract void ExtendTimeout(JobDuration by);

    /// <summary>
    /// Completes the job inside the handler's own transaction: its effects in that database and the completion commit
    /// together or not at all.
    /// </summary>
    /// <remarks>The handler's return value is then ignored. If the transaction does not commit, the attempt fails as <see cref="FailureReason.CompletionNotCommitted"/> and is retried.</remarks>
    /// <param name="transaction">An open transaction of the database that holds the jobs.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="JobLeaseLostException">This attempt no longer holds the job; roll back.</exception>
    /// <exception cref="JobException">The storage has no transactions, or the transaction belongs to another database.</exception>
    public abstract ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="CompleteAsync(DbTransaction, CancellationToken)"/>
    /// <typeparam name="TResult">The job's result type.</typeparam>
    /// <param name="result">The job's result.</param>
    /// <param name="transaction">An open transaction of the database that holds the jobs.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public abstract ValueTask CompleteAsync<TResult>(TResult result, DbTransaction transaction, CancellationToken cancellationToken = default);
}
