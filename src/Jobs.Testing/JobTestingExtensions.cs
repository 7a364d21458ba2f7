using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Testing;

/// <summary>
/// Tests of an application's jobs without waiting: an in-memory storage and a <see cref="ManualTimeProvider"/> registered as
/// <see cref="TimeProvider"/>, no worker (<see cref="JobsBuilder.ClientOnly"/>), and jobs run when the test says so.
/// </summary>
public static class JobTestingExtensions
{
    /// <summary>
    /// Runs all jobs to their end: what is due, then what becomes due next, retries and delayed jobs included, with the clock moved to each due
    /// time. Failures are in the records, not thrown.
    /// </summary>
    /// <param name="services">The application's services; its <see cref="TimeProvider"/> is a <see cref="ManualTimeProvider"/>.</param>
    /// <param name="within">How far the clock may be moved; what is due later stays. Default: 30 days, the end of most retries and none of a schedule.</param>
    /// <param name="cancellationToken">Stops between two due times.</param>
    /// <returns>How many attempts were made.</returns>
    /// <exception cref="InvalidOperationException">The clock is not a <see cref="ManualTimeProvider"/>.</exception>
    public static async Task<int> DrainJobsAsync(this IServiceProvider services, TimeSpan? within = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        var clock = services.GetService<TimeProvider>() as ManualTimeProvider
            ?? throw new InvalidOperationException("Draining moves the clock: register a ManualTimeProvider as the application's TimeProvider, services.AddSingleton<TimeProvider>(new ManualTimeProvider()).");
        var (runner, manager) = (services.GetRequiredService<IJobRunner>(), services.GetRequiredService<IJobManager>());
        var end = clock.GetUtcNow() + (within ?? TimeSpan.FromDays(30));
        var attempts = 0;
        while (true)
        {
            attempts += await runner.RunDueAsync(cancellationToken).ConfigureAwait(false);
            if (await FindNextAsync(manager, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false) is not { } next || next > end)
                return attempts;

            clock.Advance(next - clock.GetUtcNow());
        }
    }

    /// <summary>The inputs of the jobs that were enqueued through a client, in their order: <c>Assert.Equal([new("user@example.com", …)], await manager.InputsOfAsync(jobs.SendEmail))</c>.</summary>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <param name="manager">The application's manager.</param>
    /// <param name="job">The job's client.</param>
    /// <param name="filter">Which of its jobs, for example <c>new() { Status = JobStatus.Pending }</c>; null for all that are kept.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public static Task<IReadOnlyList<TInput>> InputsOfAsync<TInput>(this IJobManager manager, IJobClient<TInput> job, JobFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return InputsOfAsync<TInput>(manager, job, job.Name, filter, cancellationToken);
    }

    /// <inheritdoc cref="InputsOfAsync{TInput}(IJobManager, IJobClient{TInput}, JobFilter?, CancellationToken)"/>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    public static Task<IReadOnlyList<TInput>> InputsOfAsync<TInput, TResult>(this IJobManager manager, IJobClient<TInput, TResult> job, JobFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return InputsOfAsync<TInput>(manager, job, job.Name, filter, cancellationToken);
    }

    private static async Task<IReadOnlyList<TInput>> InputsOfAsync<TInput>(IJobManager manager, object client, string name, JobFilter? filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manager);
        var reader = client as IJobInputReader<TInput>
            ?? throw new JobException(JobErrorCodes.NotSupported, $"The client of job '{name}' is a {client.GetType().Name}, which stores nothing to look at. Use the registered client.");
        var inputs = new List<TInput>();
        var page = (filter ?? new JobFilter()) with { Name = name, Limit = 1000 };
        while (true)
        {
            var found = await manager.ListAsync(page, cancellationToken).ConfigureAwait(false);
            foreach (var job in found.Jobs)
            {
                // A test is to see the input itself, also what is redacted for others.
                if (await manager.RevealAsync(job.Id, cancellationToken).ConfigureAwait(false) is { Payload: { } payload })
                    inputs.Add(reader.ReadInput(payload));
            }

            if (found.NextCursor is null)
                break;

            page = page with { Cursor = found.NextCursor };
        }

        inputs.Reverse();
        return inputs;
    }

    /// <summary>When the next pending job is due that is not due yet.</summary>
    private static async Task<DateTimeOffset?> FindNextAsync(IJobManager manager, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? next = null;
        var filter = new JobFilter { Status = JobStatus.Pending, Limit = 1000 };
        while (true)
        {
            var page = await manager.ListAsync(filter, cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Jobs)
            {
                if (job.NextAttemptAt > now && (next is null || job.NextAttemptAt < next))
                    next = job.NextAttemptAt;
            }

            if (page.NextCursor is null)
                return next;

            filter = filter with { Cursor = page.NextCursor };
        }
    }
}
