namespace Jobs;

/// <summary>Handles a job with an input and a result.</summary>
/// <typeparam name="TInput">The input: serialized when the job is enqueued, validated then and again before it runs.</typeparam>
/// <typeparam name="TResult">The result: kept with the completed job, and returned to whoever waits for it.</typeparam>
public interface IJobHandler<in TInput, TResult>
{
    /// <inheritdoc cref="IJobHandler.HandleAsync"/>
    /// <param name="input">The validated input; never null.</param>
    /// <param name="context">The job and this attempt.</param>
    /// <param name="cancellationToken">Cancelled when the job is cancelled, times out, loses its lease, or the worker stops.</param>
    ValueTask<TResult> HandleAsync(TInput input, JobContext context, CancellationToken cancellationToken);
}
