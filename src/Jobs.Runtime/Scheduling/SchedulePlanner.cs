namespace Jobs.Scheduling;

/// <summary>Decides what a schedule does at a moment of the storage's clock. It reads nothing and writes nothing, so that a year of a schedule can be tested in no time.</summary>
internal static class SchedulePlanner
{
    /// <summary>What is later than this was missed: nobody was there.</summary>
    private static readonly TimeSpan _missedAfter = TimeSpan.FromMinutes(1);

    /// <summary>Moves a schedule on: what was due is run, left out or made to wait, and the next run is found.</summary>
    /// <param name="schedule">As read, with the jobs of it that are unfinished.</param>
    /// <param name="now">When it was read.</param>
    public static SchedulePlan Advance(Schedule schedule, DateTimeOffset now)
    {
        var state = schedule.State;
        if (state.Pause != PauseCause.None)
        {
            return new SchedulePlan(schedule, []);
        }

        // The zone's rules may have changed since the time was found: it is found anew, and may lie ahead now.
        var first = state.NextTickAt is null ? null : ScheduleTicks.Next(schedule.Definition, state.AnchorAt);
        state = state with { NextTickAt = first };
        var wanted = new List<DateTimeOffset>();
        if (state.WaitingTickAt is { } waiting && schedule.OpenJobs.Count == 0)
        {
            wanted.Add(waiting);
            state = state with { WaitingTickAt = null };
        }

        if (ScheduleTicks.DueAt(schedule with { State = state }) <= now && first is { } due)
        {
            (state, var passed) = CatchUp(schedule.Definition, state, due, now);
            wanted.AddRange(passed);
        }

        return Overlap(schedule with { State = state }, wanted);
    }

    /// <summary>Starts counting from now on: after a change, or a pause.</summary>
    public static ScheduleState Restart(ScheduleDefinition definition, ScheduleState state, DateTimeOffset now) =>
        HasRunsLeft(definition, state.Runs)
            ? state with { AnchorAt = now, NextTickAt = ScheduleTicks.Next(definition, now), WaitingTickAt = null }
            : state with { AnchorAt = now, NextTickAt = null, WaitingTickAt = null };

    /// <summary>Counts a run.</summary>
    public static Schedule CountRun(Schedule schedule, DateTimeOffset tick, JobId job, DateTimeOffset now)
    {
        var state = schedule.State with { Runs = schedule.State.Runs + 1, LastTickAt = tick, LastRunAt = now, LastJobId = job };
        if (!HasRunsLeft(schedule.Definition, state.Runs))
        {
            state = state with { NextTickAt = null, WaitingTickAt = null };
        }

        // Without a policy for overlaps nobody asks which jobs are unfinished.
        IReadOnlyList<JobId> open = schedule.Definition.Overlap == OverlapPolicy.Allow ? [job] : [.. schedule.OpenJobs, job];
        return schedule with { State = state, OpenJobs = open };
    }

    private static bool HasRunsLeft(ScheduleDefinition definition, long runs) => definition.MaxRuns is not { } max || runs < max;

    private static (ScheduleState State, IReadOnlyList<DateTimeOffset> Ticks) CatchUp(ScheduleDefinition definition, ScheduleState state, DateTimeOffset due, DateTimeOffset now)
    {
        var max = definition.CatchUp == CatchUpPolicy.All ? definition.MaxCatchUp : 1;
        var passed = ScheduleTicks.Passed(definition, due, now, max, out var isCut);
        if (definition.CatchUp == CatchUpPolicy.Skip && now - passed[^1] > _missedAfter + (definition.Jitter?.Value ?? TimeSpan.Zero))
        {
            state = state with { Skipped = state.Skipped + 1 };
            return (MoveOn(passed[^1]), []);
        }

        if (isCut)
        {
            state = state with { Skipped = state.Skipped + 1 };
        }

        return (MoveOn(passed[^1]), passed);

        ScheduleState MoveOn(DateTimeOffset last) => state with { AnchorAt = last, NextTickAt = ScheduleTicks.Next(definition, last) };
    }

    private static SchedulePlan Overlap(Schedule schedule, List<DateTimeOffset> wanted)
    {
        var (definition, state) = (schedule.Definition, schedule.State);
        var room = definition.MaxRuns is { } max ? (int)Math.Clamp(max - state.Runs, 0, int.MaxValue) : int.MaxValue;
        if (definition.Overlap == OverlapPolicy.Allow)
        {
            return new SchedulePlan(schedule, wanted.Count <= room ? wanted : wanted[..room]);
        }

        // Of several that are due at once the first runs; all others meet an unfinished one.
        List<DateTimeOffset> run = schedule.OpenJobs.Count == 0 && wanted.Count > 0 && room > 0 ? [wanted[0]] : [];
        foreach (var tick in wanted.Skip(run.Count))
        {
            state = definition.Overlap == OverlapPolicy.QueueOne && state.WaitingTickAt is null && run.Count < room
                ? state with { WaitingTickAt = tick }
                : state with { Skipped = state.Skipped + 1 };
        }

        return new SchedulePlan(schedule with { State = state }, run);
    }
}
