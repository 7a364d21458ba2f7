namespace Jobs;

/// <summary>Enqueues and finds jobs of one kind. Generated clients implement it; replace it by a double in tests.</summary>
/// <typeparam name="TInput">The job's input.</typeparam>
/// <typeparam name="TResult">The job's result.</typeparam>
public interface IJobClient<TInput, TResult>
{
    /// <summary>The job's stored name.</summary>
    string Name { get; }

    /// <summary>Validates and enqueues a job. When the task completes, the job is stored as durably as the storage promises.</summary>
    /// <param name="input">The input; every rule of its type is checked first.</param>
    /// <param name="options">What differs from the job's defaults, for this call.</param>
    /// <param name="cancellationToken">Cancels before the job is handed to the storage; afterwards the outcome is awaited and returned.</param>
    /// <exception cref="JobValidationException">The input breaks its rules. Nothing is stored.</exception>
    /// <exception cref="JobException">An option is out of range, the payload is too large, or the job is disabled. Nothing is stored.</exception>
    ValueTask<JobHandle<TResult>> EnqueueAsync(TInput input, EnqueueOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Enqueues many jobs, all or none, and returns their handles in the order of the inputs.</summary>
    /// <param name="inputs">The inputs; none is stored when one of them is invalid.</param>
    /// <param name="options">Applies to every job. An id or an idempotency key is refused for more than one input.</param>
    /// <param name="cancellationToken">Cancels before the jobs are handed to the storage.</param>
    /// <exception cref="JobValidationException">An input breaks its rules; the members are prefixed with the input's index, as in <c>[3].To</c>.</exception>
    /// <exception cref="JobException">An option is out of range, a payload is too large, or the job is disabled. Nothing is stored.</exception>
    ValueTask<IReadOnlyList<JobHandle<TResult>>> EnqueueManyAsync(IEnumerable<TInput> inputs, EnqueueOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Enqueues many jobs with options of their own, all or none, and returns their handles in the order of the inputs.</summary>
    /// <param name="inputs">The inputs with their options.</param>
    /// <param name="cancellationToken">Cancels before the jobs are handed to the storage.</param>
    /// <exception cref="JobValidationException">An input breaks its rules; the members are prefixed with the input's index, as in <c>[3].To</c>.</exception>
    /// <exception cref="JobException">An option is out of range, a payload is too large, or the job is disabled. Nothing is stored.</exception>
    ValueTask<IReadOnlyList<JobHandle<TResult>>> EnqueueManyAsync(IEnumerable<(TInput Input, EnqueueOptions? Options)> inputs, CancellationToken cancellationToken = default);

    /// <summary>Like <see cref="EnqueueAsync"/>, but returns the problems of an invalid input in place of throwing.</summary>
    /// <param name="input">The input; every rule of its type is checked first.</param>
    /// <param name="options">What differs from the job's defaults, for this call.</param>
    /// <param name="cancellationToken">Cancels before the job is handed to the storage.</param>
    ValueTask<EnqueueResult<JobHandle<TResult>>> TryEnqueueAsync(TInput input, EnqueueOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Checks an input without enqueueing it; empty when it is valid.</summary>
    /// <param name="input">The input.</param>
    IReadOnlyList<JobValidationError> Validate(TInput input);

    /// <summary>Finds a job of this kind; null when there is none with this id, or it is of another kind.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<JobHandle<TResult>?> GetAsync(JobId id, CancellationToken cancellationToken = default);
}
