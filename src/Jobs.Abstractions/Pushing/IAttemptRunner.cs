using System.ComponentModel;
using Jobs.Storage;

namespace Jobs.Pushing;

/// <summary>
/// Runs attempts that somebody else holds. Both ends of a delivery are one: where jobs are kept, the runner sends each attempt away;
/// where handlers are, the runtime's own runner runs it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAttemptRunner
{
    /// <summary>Runs an attempt to its end, whatever that is.</summary>
    /// <param name="job">The job and the attempt.</param>
    /// <param name="observer">Is told what the handler tells on its way.</param>
    /// <param name="cancellationToken">Cancels the handler.</param>
    /// <returns>How it ended, under the lease that came with it. A retry after <see cref="Timeout.InfiniteTimeSpan"/> is one by the job's own backoff, and the last attempt is not retried.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, and how it ended is not known.</exception>
    ValueTask<JobOutcome> RunAsync(ClaimedJob job, IAttemptObserver observer, CancellationToken cancellationToken);
}
