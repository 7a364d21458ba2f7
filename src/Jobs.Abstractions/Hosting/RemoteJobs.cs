namespace Jobs;

/// <summary>
/// The jobs of another process, which stores and runs them: all that this process asks of them. Typed clients validate here and hand
/// over through <see cref="Manager"/>, so that the other process's defaults, limits and rules count.
/// </summary>
/// <param name="Manager">Submits, finds, changes.</param>
/// <param name="Schedules">Looks after schedules.</param>
/// <param name="Events">Follows.</param>
/// <param name="Health">Says how the other process fares.</param>
/// <param name="Tracker">Answers the questions of handles.</param>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public sealed record RemoteJobs(IJobManager Manager, IJobSchedules Schedules, IJobEvents Events, IJobHealth Health, IJobTracker Tracker);
