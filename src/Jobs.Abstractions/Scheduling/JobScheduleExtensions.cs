using Jobs.Metadata;

namespace Jobs;

/// <summary>Typed schedules: <c>jobClient.CleanupOldData.ScheduleAsync("cleanup-456", "0 2 * * *", new(Retention: 30))</c>.</summary>
public static class JobScheduleExtensions
{
    /// <summary>Creates a schedule, or changes the one that has the id. The same again changes nothing, and a paused one stays paused.</summary>
    /// <param name="client">The job's client.</param>
    /// <param name="id">The id, unique in the storage: 1 to 200 letters, digits, '-', '_', '.', ':' or '/'.</param>
    /// <param name="cron">When; see <see cref="CronExpression"/>.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobException">The schedule is refused; the message says what to change.</exception>
    public static ValueTask<JobSchedule> ScheduleAsync(this IJobClient client, string id, string cron, ScheduleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Of<JobVoid>(client, client.Name).ScheduleAsync(id, cron, default, options, cancellationToken);
    }

    /// <inheritdoc cref="ScheduleAsync(IJobClient, string, string, ScheduleOptions?, CancellationToken)"/>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <param name="client">The job's client.</param>
    /// <param name="id">The id, unique in the storage.</param>
    /// <param name="cron">When; see <see cref="CronExpression"/>.</param>
    /// <param name="input">The input of every run.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobValidationException">The input breaks its rules.</exception>
    public static ValueTask<JobSchedule> ScheduleAsync<TInput>(this IJobClient<TInput> client, string id, string cron, TInput input, ScheduleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Of<TInput>(client, client.Name).ScheduleAsync(id, cron, input, options, cancellationToken);
    }

    /// <inheritdoc cref="ScheduleAsync{TInput}(IJobClient{TInput}, string, string, TInput, ScheduleOptions?, CancellationToken)"/>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    public static ValueTask<JobSchedule> ScheduleAsync<TInput, TResult>(this IJobClient<TInput, TResult> client, string id, string cron, TInput input, ScheduleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Of<TInput>(client, client.Name).ScheduleAsync(id, cron, input, options, cancellationToken);
    }

    private static IJobScheduler<TInput> Of<TInput>(object client, string name) =>
        client as IJobScheduler<TInput>
            ?? throw new JobException(JobErrorCodes.NotSupported, $"The client of job '{name}' is a {client.GetType().Name}, which has no schedules. Implement IJobScheduler<…> in the test double, or use the registered client.");
}
