namespace Jobs;

/// <summary>Runs around every attempt, in the order in which the middleware was added: the first is the outermost.</summary>
public interface IJobMiddleware
{
    /// <summary>Runs around <paramref name="next"/>. An exception, here or from the handler, fails the attempt.</summary>
    /// <param name="context">The job and this attempt.</param>
    /// <param name="next">The rest of the pipeline. Not calling it completes the job without its handler.</param>
    /// <param name="cancellationToken">The attempt's token.</param>
    ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken);
}
