using Jobs.Storage;

namespace Jobs.Scheduling;

/// <summary>What changes of a schedule make of it. The same object back means that nothing changes.</summary>
internal static class ScheduleChanges
{
    public static Schedule Create(string id, string jobName, ScheduleDefinition definition, DateTimeOffset now)
    {
        var state = SchedulePlanner.Restart(definition, new ScheduleState { CreatedAt = now, UpdatedAt = now }, now);
        if (!definition.Enabled)
        {
            state = state with { Pause = PauseCause.Somebody, PausedReason = "It was stored with Enabled = false." };
        }

        // The clock makes the first version, so that a schedule that was removed and made again never has one twice.
        return new Schedule(id, jobName, now.UtcTicks, definition, state, []);
    }

    /// <summary>The write of a new schedule, with its first run if it shall run at once.</summary>
    public static ScheduleWrite Created(ref Schedule schedule, bool runImmediately, DateTimeOffset now)
    {
        IReadOnlyList<JobRecord> jobs = [];
        if (runImmediately && schedule.Definition.Enabled)
        {
            var job = JobId.New();
            jobs = [ScheduleJobs.Create(schedule, job)];
            schedule = SchedulePlanner.CountRun(schedule, now, job, now);
        }

        return new ScheduleWrite { Id = schedule.Id, Schedule = schedule.Store(schedule.Version), Jobs = jobs, IsAnnounced = true };
    }

    /// <summary>Another definition: its times count from now on if they differ. What was broken or had vanished goes on; what somebody paused stays paused.</summary>
    public static Schedule Redefine(Schedule former, string jobName, ScheduleDefinition definition, DateTimeOffset now)
    {
        var isSame = former.JobName == jobName && new ScheduleDocument(former.Definition, former.State).ToJson() == new ScheduleDocument(definition, former.State).ToJson();
        if (isSame && former.State.Pause is PauseCause.None or PauseCause.Somebody)
        {
            return former;
        }

        var state = former.State with { UpdatedAt = now };
        var resumes = state.Pause is PauseCause.Broken or PauseCause.Vanished;
        if (former.Definition.Enabled != definition.Enabled)
        {
            resumes = definition.Enabled;
            state = state with { Pause = PauseCause.Somebody, PausedReason = "It was stored with Enabled = false." };
        }

        if (resumes)
        {
            state = state with { Pause = PauseCause.None, PausedReason = null };
        }

        if (resumes || !former.Definition.HasSameTimes(definition))
        {
            state = SchedulePlanner.Restart(definition, state, now);
        }

        return former with { JobName = jobName, Definition = definition, State = state };
    }

    public static Schedule Pause(Schedule schedule, PauseCause cause, string? reason, DateTimeOffset now) =>
        schedule.State.Pause == cause && schedule.State.PausedReason == reason
            ? schedule
            : schedule with { State = schedule.State with { Pause = cause, PausedReason = reason, UpdatedAt = now } };

    public static Schedule Resume(Schedule schedule, DateTimeOffset now) =>
        schedule.State.Pause == PauseCause.None
            ? schedule
            : schedule with
            {
                State = SchedulePlanner.Restart(schedule.Definition, schedule.State with { Pause = PauseCause.None, PausedReason = null, UpdatedAt = now }, now),
            };

    public static ScheduleDefinition Apply(ScheduleDefinition definition, ScheduleEdit edit) => definition with
    {
        Cron = edit.Cron ?? definition.Cron,
        TimeZone = edit.TimeZone ?? definition.TimeZone,
        Overlap = edit.Overlap is null or OverlapPolicy.Default ? definition.Overlap : edit.Overlap.Value,
        CatchUp = edit.CatchUp is null or CatchUpPolicy.Default ? definition.CatchUp : edit.CatchUp.Value,
        End = edit.End?.ToUniversalTime() ?? definition.End,
        MaxRuns = edit.MaxRuns ?? definition.MaxRuns,
    };
}
