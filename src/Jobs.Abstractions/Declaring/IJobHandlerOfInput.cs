namespace Jobs;

/// <summary>Handles a job with an input and no result.</summary>
/// <typeparam name="TInput">The input: serialized when the job is enqueued, validated then and again before it runs.</typeparam>
public interface IJobHandler<in TInput>
{
    /// <inheritdoc cref="IJobHandler.HandleAsync"/>
    /// <param name="input">The validated input; never null.</param>
    /// <param name="context">The job and this attempt.</param>
    /// <param name="cancellationToken">Cancelled when the job is cancelled, times out, loses its lease, or the worker stops.</param>
    ValueTask HandleAsync(TInput input, JobContext context, CancellationToken cancellationToken);
}
