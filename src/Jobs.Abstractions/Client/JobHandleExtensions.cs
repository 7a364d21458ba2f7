using System.Runtime.CompilerServices;

namespace Jobs;

/// <summary>What can be done with a handle by means of its other members.</summary>
public static class JobHandleExtensions
{
    /// <summary>
    /// The job's state now, and again whenever it has changed, until the final one: looks at it from time to time. Stop by leaving
    /// the loop, or by the token.
    /// </summary>
    /// <param name="handle">The job.</param>
    /// <param name="interval">How long to wait between two looks. Default: one second; at least a millisecond.</param>
    /// <param name="timeProvider">What to wait with. Default: the system's clock.</param>
    /// <param name="cancellationToken">Ends the watching with an <see cref="OperationCanceledException"/>; the job goes on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is shorter than a millisecond.</exception>
    /// <exception cref="JobNotFoundException">The record is gone, by retention or removal.</exception>
    public static IAsyncEnumerable<JobSnapshot> WatchAsync(this JobHandle handle, JobDuration? interval = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var pause = interval?.Value ?? TimeSpan.FromSeconds(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pause, TimeSpan.FromMilliseconds(1), nameof(interval));
        return WatchCoreAsync(handle, pause, timeProvider ?? TimeProvider.System, cancellationToken);
    }

    private static async IAsyncEnumerable<JobSnapshot> WatchCoreAsync(JobHandle handle, TimeSpan pause, TimeProvider timeProvider, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobSnapshot? last = null;
        while (true)
        {
            var now = await handle.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            if (last is null || HasChanged(last, now))
            {
                yield return last = now;
            }

            if (now.Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled)
            {
                yield break;
            }

            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What becomes due changes nothing that is stored, but is worth telling.</summary>
    private static bool HasChanged(JobSnapshot before, JobSnapshot after) =>
        (before.UpdatedAt, before.Status, before.Attempt, before.IsDelayed, before.Progress, before.ProgressMessage)
            != (after.UpdatedAt, after.Status, after.Attempt, after.IsDelayed, after.Progress, after.ProgressMessage);
}
