using System.Text.Json;

namespace Jobs;

public partial interface IJobManager
{
    /// <summary>What a job's handler has left for later attempts: its steps and waits, in the order in which they were stored.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Null when there is no such job.</returns>
    ValueTask<IReadOnlyList<JobStep>?> ListStepsAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Answers a wait: the job goes on with the answer, at once when it waits for it, else when it comes to the wait. The first answer
    /// counts; giving it again does no harm. Whether the answer has the type that the handler expects is seen when the handler reads it.
    /// </summary>
    /// <param name="token">The text of the token (<see cref="JobWaitToken.ToString"/>).</param>
    /// <param name="answer">The answer as JSON.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobException">The answer is larger than a job's input may be (<see cref="JobErrorCodes.PayloadTooLarge"/>).</exception>
    ValueTask<JobWaitCompletion> CompleteWaitAsync(string token, JsonElement answer, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="CompleteWaitAsync(string, JsonElement, CancellationToken)"/>
    /// <typeparam name="T">The answer's type; one that the metadata of a job in this application knows, see <see cref="JobAttribute.StepTypes"/>.</typeparam>
    /// <param name="token">The text of the token (<see cref="JobWaitToken.ToString"/>).</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobException">No job of this application knows the type (<see cref="JobErrorCodes.UnknownType"/>), or the answer is too large.</exception>
    ValueTask<JobWaitCompletion> CompleteWaitAsync<T>(string token, T answer, CancellationToken cancellationToken = default);
}
