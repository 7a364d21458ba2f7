using System.Data.Common;

namespace Jobs;

/// <summary>
/// Jobs that are enqueued together, all or none, whatever their types: a parent with its children, or one message for several jobs. Every job
/// has its id as soon as it is added, so that the input of a later one can carry it and <see cref="EnqueueOptions.DependsOn"/> can name it.
/// From <see cref="IJobManager.CreateFlow"/>. Not for several threads at once.
/// </summary>
/// <example>
/// <code>
/// var flow = manager.CreateFlow();
/// var pages = urls.Select(url => flow.Add(jobs.FetchPage, new(url))).ToList();
/// var report = flow.Add(jobs.WriteReport, new([.. pages.Select(page => page.Id)]), new() { DependsOn = [.. pages.Select(page => page.Id)] });
/// await flow.EnqueueAsync();
/// </code>
/// </example>
public abstract class JobFlow
{
    /// <summary>Adds a job without input. Nothing is stored yet.</summary>
    /// <param name="job">The job's client.</param>
    /// <param name="options">Its options. <see cref="EnqueueOptions.DependsOn"/> may name jobs that were added before. Idempotency keys and transactions are refused.</param>
    /// <returns>Its handle, which finds nothing until <see cref="EnqueueAsync"/>.</returns>
    /// <exception cref="JobException">The options are refused, or the client is none of this application's store.</exception>
    public abstract JobHandle Add(IJobClient job, EnqueueOptions? options = null);

    /// <summary>Adds a job. Nothing is stored yet.</summary>
    /// <typeparam name="TInput">Its input.</typeparam>
    /// <param name="job">The job's client.</param>
    /// <param name="input">Its input.</param>
    /// <param name="options">Its options, as for the other overload.</param>
    /// <returns>Its handle, which finds nothing until <see cref="EnqueueAsync"/>.</returns>
    /// <exception cref="JobValidationException">The input breaks its rules.</exception>
    /// <exception cref="JobException">The options are refused, or the client is none of this application's store.</exception>
    public abstract JobHandle Add<TInput>(IJobClient<TInput> job, TInput input, EnqueueOptions? options = null);

    /// <inheritdoc cref="Add{TInput}(IJobClient{TInput}, TInput, EnqueueOptions?)"/>
    /// <typeparam name="TInput">Its input.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    public abstract JobHandle<TResult> Add<TInput, TResult>(IJobClient<TInput, TResult> job, TInput input, EnqueueOptions? options = null);

    /// <summary>Stores all jobs that were added, in their order, or none of them. Once.</summary>
    /// <param name="transaction">An open transaction of the database that holds the jobs; null for one of their own.</param>
    /// <param name="cancellationToken">Counts before the hand-over.</param>
    /// <exception cref="JobNotFoundException">A job that one of them depends on does not exist. Nothing was stored.</exception>
    /// <exception cref="InvalidOperationException">The flow was enqueued before.</exception>
    public abstract ValueTask EnqueueAsync(DbTransaction? transaction = null, CancellationToken cancellationToken = default);
}
