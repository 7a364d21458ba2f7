using System.Text.Json;

namespace Jobs;

/// <summary>Looks after schedules, whatever their jobs. Typed schedules are made with <c>ScheduleAsync</c> of a job's client.</summary>
/// <remarks>Null and false mean that there is no such schedule.</remarks>
public interface IJobSchedules
{
    /// <summary>A schedule.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<JobSchedule?> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>A page of schedules, by id.</summary>
    /// <param name="filter">Which ones; null for the first hundred.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<JobSchedule>> ListAsync(ScheduleFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Creates a schedule, or changes the one that has the id. The same again changes nothing, and a paused one stays paused.</summary>
    /// <param name="id">The id: 1 to 200 letters, digits, '-', '_', '.', ':' or '/'.</param>
    /// <param name="jobName">The stored name of the job.</param>
    /// <param name="cron">When; see <see cref="CronExpression"/>.</param>
    /// <param name="input">The input of its jobs.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobException">The schedule is refused; the message says what to change.</exception>
    /// <exception cref="JobNotFoundException">No job has this name.</exception>
    /// <exception cref="JobValidationException">The input breaks its rules.</exception>
    ValueTask<JobSchedule> ScheduleAsync(string id, string jobName, string cron, JsonElement input, ScheduleOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Changes a schedule.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="edit">What to change.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobException">The change is refused; the message says what to do.</exception>
    ValueTask<bool> EditAsync(string id, ScheduleEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Pauses a schedule until it is resumed. Jobs that it has enqueued run.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<bool> PauseAsync(string id, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Resumes a paused schedule: it runs next when it would run next from now on.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<bool> ResumeAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Removes a schedule. Jobs that it has enqueued stay.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Runs a schedule now, whatever its times, its overlap policy and whether it is paused. It counts as a run; the next one stays where it is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<JobHandle?> TriggerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>The next times of a schedule, jitter aside; null when there is no such schedule.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="count">How many at most, from 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<DateTimeOffset>?> PreviewAsync(string id, int count = 5, CancellationToken cancellationToken = default);

    /// <summary>The next times at which a schedule would run that need not exist.</summary>
    /// <param name="cron">When; see <see cref="CronExpression"/>.</param>
    /// <param name="timeZone">The IANA id of its zone; null is UTC.</param>
    /// <param name="count">How many at most, from 1 to 1,000.</param>
    /// <param name="after">From when on; null is now.</param>
    /// <exception cref="JobException">It is not a schedule, or the zone is not known.</exception>
    IReadOnlyList<DateTimeOffset> Preview(string cron, string? timeZone = null, int count = 5, DateTimeOffset? after = null);
}
