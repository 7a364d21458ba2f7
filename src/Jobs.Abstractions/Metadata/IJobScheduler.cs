using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>What a job's client does for schedules, apart from its interface so that test doubles need not.</summary>
/// <typeparam name="TInput">The input, or <see cref="JobVoid"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJobScheduler<in TInput>
{
    /// <summary>See <see cref="JobScheduleExtensions"/>.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cron">When.</param>
    /// <param name="input">The input of every run.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<JobSchedule> ScheduleAsync(string id, string cron, TInput input, ScheduleOptions? options, CancellationToken cancellationToken);
}
