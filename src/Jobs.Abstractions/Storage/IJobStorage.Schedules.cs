namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>Reads schedules as of one moment of the storage's clock.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<ScheduleReading> ReadSchedulesAsync(ScheduleQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Changes schedules and stores the jobs of their ticks. Each write happens only while its schedule has the expected version;
    /// its change and its jobs happen together or not at all. That is all it takes for a tick to be fired once: whoever read the
    /// same version and comes second finds another one.
    /// </summary>
    /// <param name="writes">At most one per schedule.</param>
    /// <param name="cancellationToken">Counts before the hand-over; afterwards the outcome is awaited.</param>
    /// <returns>In the order of <paramref name="writes"/>, whether each happened.</returns>
    /// <exception cref="JobConflictException">A job's id belongs to a job of another name; then no write happened.</exception>
    ValueTask<IReadOnlyList<bool>> WriteSchedulesAsync(IReadOnlyList<ScheduleWrite> writes, CancellationToken cancellationToken);
}
