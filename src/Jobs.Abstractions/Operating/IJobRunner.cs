namespace Jobs;

/// <summary>Runs jobs without the background loop, or beside it: for programs that are started by a timer, and for tests.</summary>
public interface IJobRunner
{
    /// <summary>
    /// Runs all jobs that are due, and those that become due by it (a retry without delay, a dependant), with the options of this
    /// process's worker, and returns when none is left that can be claimed. Works with <see cref="JobsBuilder.ClientOnly"/> too.
    /// </summary>
    /// <param name="cancellationToken">Stops claiming; what runs is given the grace of a shutdown, and then given back.</param>
    /// <returns>How many attempts were made. A job that another worker took is not among them.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before nothing was left.</exception>
    ValueTask<int> RunDueAsync(CancellationToken cancellationToken = default);
}
