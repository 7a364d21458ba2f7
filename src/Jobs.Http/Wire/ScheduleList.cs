namespace Jobs.Http.Wire;

/// <summary>A page of schedules, by id. The next page begins after the last id.</summary>
internal sealed record ScheduleList(IReadOnlyList<JobSchedule> Schedules);
