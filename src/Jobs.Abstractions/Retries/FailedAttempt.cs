namespace Jobs;

/// <summary>An attempt whose handler threw, for <see cref="JobsBuilder.OnFailure"/> to decide about.</summary>
/// <param name="JobId">The job.</param>
/// <param name="JobName">Its stored name.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="Attempt">The number of the attempt that failed, from 1.</param>
/// <param name="MaxAttempts">How many attempts the job has; there is no retry after the last, whatever is decided.</param>
/// <param name="Exception">What the handler threw.</param>
public sealed record FailedAttempt(JobId JobId, string JobName, string Queue, int Attempt, int MaxAttempts, Exception Exception);
