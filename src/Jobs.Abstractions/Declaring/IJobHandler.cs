namespace Jobs;

/// <summary>Handles a job that has neither an input nor a result.</summary>
/// <remarks>A handler is built by its constructor for every attempt, with services of the attempt's own scope; a disposable handler is disposed after it.</remarks>
public interface IJobHandler
{
    /// <summary>Runs one attempt. Throwing fails the attempt; the job's policy decides about a retry.</summary>
    /// <param name="context">The job and this attempt.</param>
    /// <param name="cancellationToken">Cancelled when the job is cancelled, times out, loses its lease, or the worker stops.</param>
    ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken);
}
