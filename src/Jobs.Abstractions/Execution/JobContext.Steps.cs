using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Jobs;

// A handler that uses these runs from its top in every attempt, and what it did before comes back from the storage without being done
// again. Between steps and waits it must come to the same ones in the same order each time: decide by the input, by results of steps
// and by answers, not by the clock or by chance. Names are unique within the job, have at most 200 characters, and a job has at most
// as many steps and waits as JobLimits.MaxSteps says. What is virtual here keeps nothing: a context of a test's own runs each step.
public abstract partial class JobContext
{
    /// <summary>
    /// Does something once over all attempts of the job: its result is stored, under this attempt's lease, before it is returned; a
    /// later attempt gets the stored result, and <paramref name="run"/> is not called.
    /// </summary>
    /// <remarks>
    /// When the process dies after the effect and before the result is stored, the step runs again. Pass <see cref="StepKey"/> on as
    /// the idempotency key of whatever you call, so that it has its effect once. A step that throws is not stored.
    /// </remarks>
    /// <typeparam name="T">The result: a simple type (text, numbers, booleans, times, ids, <c>JsonElement</c>, <c>byte[]</c>), a type within an input or result of a job in the same assembly, or one of <see cref="JobAttribute.StepTypes"/>.</typeparam>
    /// <param name="name">The step's name, unique within the job.</param>
    /// <param name="run">What to do. It gets <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">Handed on; what has been done is stored all the same.</param>
    /// <returns>The result, of now or of an earlier attempt.</returns>
    /// <exception cref="JobLeaseLostException">This attempt no longer holds the job. The result was not stored; return.</exception>
    /// <exception cref="JobException">
    /// The name is wrong, was used in this attempt before or is one too many, or the result is too large (<see cref="JobErrorCodes.InvalidStep"/>);
    /// the type is not known (<see cref="JobErrorCodes.UnknownType"/>), told before anything is done; or the stored result is not of
    /// this type (<see cref="JobErrorCodes.UnreadableStep"/>).
    /// </exception>
    [OverloadResolutionPriority(1)]
    public ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return StepAsync(name, token => new ValueTask<T>(run(token)), null, cancellationToken);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, ValueTask<T>> run, CancellationToken cancellationToken = default) =>
        StepAsync(name, run, null, cancellationToken);

    /// <summary>Does something without a result once over all attempts of the job.</summary>
    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ValueTask StepAsync(string name, Func<CancellationToken, Task> run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return StepAsync(name, token => new ValueTask(run(token)), cancellationToken);
    }

    /// <summary>Does something without a result once over all attempts of the job.</summary>
    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public virtual ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run(cancellationToken);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    /// <param name="name">The step's name, unique within the job.</param>
    /// <param name="run">What to do.</param>
    /// <param name="json">How the result is written and read; null for the metadata that the job's assembly has.</param>
    /// <param name="cancellationToken">Handed on; what has been done is stored all the same.</param>
    public virtual ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, ValueTask<T>> run, JsonTypeInfo<T>? json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run(cancellationToken);
    }

    /// <summary>
    /// What stays the same whenever this step of this job runs, and belongs to no other: the idempotency key to pass on to what the
    /// step calls.
    /// </summary>
    /// <param name="name">The step's name.</param>
    public string StepKey(string name) => $"{JobId}/{name}";

    /// <summary>
    /// Waits for a while without keeping a slot: the attempt ends here, is not counted, and the handler runs again from its top when
    /// the time has come. The time counts from when the job first came here; a crash, a restart or a retry does not begin it anew.
    /// </summary>
    /// <param name="name">The wait's name, unique within the job.</param>
    /// <param name="delay">How long.</param>
    /// <param name="cancellationToken">Cancels the look whether the time has come.</param>
    /// <exception cref="JobLeaseLostException">This attempt no longer holds the job; return.</exception>
    /// <exception cref="JobException">The name is wrong, was used in this attempt before or is one too many (<see cref="JobErrorCodes.InvalidStep"/>).</exception>
    public virtual ValueTask WaitAsync(string name, JobDuration delay, CancellationToken cancellationToken = default) => throw CannotWait();

    /// <summary>
    /// Makes the token with which somebody outside can answer a wait of this job, once; a later attempt gets the same token. Hand its
    /// text on (inside a step), then wait with <see cref="WaitForAsync{T}(JobWaitToken, CancellationToken)"/>.
    /// </summary>
    /// <param name="name">The wait's name, unique within the job.</param>
    /// <param name="timeout">How long an answer is accepted, from when the token is made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="WaitAsync" path="/exception"/>
    public virtual ValueTask<JobWaitToken> CreateWaitTokenAsync(string name, JobDuration timeout, CancellationToken cancellationToken = default) => throw CannotWait();

    /// <summary>
    /// The answer to a wait (<see cref="IJobManager.CompleteWaitAsync(string, System.Text.Json.JsonElement, CancellationToken)"/>). While there is none, the
    /// attempt ends here, keeps no slot and is not counted; when the answer comes, the handler runs again from its top.
    /// </summary>
    /// <typeparam name="T">The answer: as the result of a step.</typeparam>
    /// <param name="token">The token that <see cref="CreateWaitTokenAsync"/> gave in this attempt.</param>
    /// <param name="cancellationToken">Cancels the look whether the answer is there.</param>
    /// <exception cref="JobWaitTimeoutException">No answer came in time.</exception>
    /// <exception cref="JobException">
    /// The answer is not of this type (<see cref="JobErrorCodes.UnreadableAnswer"/>), which ends the job as failed unless it is caught; the type is not known
    /// (<see cref="JobErrorCodes.UnknownType"/>); or the token is none of this attempt (<see cref="JobErrorCodes.InvalidStep"/>).
    /// </exception>
    public ValueTask<T> WaitForAsync<T>(JobWaitToken token, CancellationToken cancellationToken = default) => WaitForAsync<T>(token, null, cancellationToken);

    /// <inheritdoc cref="WaitForAsync{T}(JobWaitToken, CancellationToken)"/>
    /// <param name="token">The token that <see cref="CreateWaitTokenAsync"/> gave in this attempt.</param>
    /// <param name="json">How the answer is read; null for the metadata that the job's assembly has.</param>
    /// <param name="cancellationToken">Cancels the look whether the answer is there.</param>
    public virtual ValueTask<T> WaitForAsync<T>(JobWaitToken token, JsonTypeInfo<T>? json, CancellationToken cancellationToken = default) => throw CannotWait();

    private NotSupportedException CannotWait() =>
        new($"{GetType().Name} keeps nothing between attempts and cannot wait. Override WaitAsync, CreateWaitTokenAsync and WaitForAsync, or run the handler in a host with UseInMemory().");
}
