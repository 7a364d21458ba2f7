namespace Jobs;

/// <summary>The rest of the pipeline: the next middleware, and in the end the handler.</summary>
/// <param name="context">The job and this attempt.</param>
/// <param name="cancellationToken">The attempt's token.</param>
public delegate ValueTask JobDelegate(JobContext context, CancellationToken cancellationToken);
