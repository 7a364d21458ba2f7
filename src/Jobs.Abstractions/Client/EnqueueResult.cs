namespace Jobs;

/// <summary>What an attempt to enqueue came to: a handle, or the problems of the input.</summary>
/// <typeparam name="THandle">The kind of handle.</typeparam>
/// <param name="Handle">The job's handle; null when the input is invalid.</param>
/// <param name="Errors">What is wrong with the input; empty when the job was stored.</param>
public sealed record EnqueueResult<THandle>(THandle? Handle, IReadOnlyList<JobValidationError> Errors)
    where THandle : class;
