using Jobs.Hosting;
using Jobs.Registry;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Scheduling;

/// <summary>Turns plans into writes with jobs, and sees to it that one bad schedule holds up no other.</summary>
internal sealed class ScheduleFiring(JobsRuntime runtime)
{
    /// <summary>The write that moves a schedule on; null when there is nothing to do, or nothing that this machine can do.</summary>
    public async ValueTask<ScheduleWrite?> PlanAsync(IJobStorage storage, StoredSchedule stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Schedule.TryRead(stored, out var problem) is not { } schedule)
        {
            // Nothing can be said in a document that cannot be read: it stops, and lists say why.
            ScheduleLog.Paused(runtime.Logger, stored.Id, problem!);
            return new ScheduleWrite { Id = stored.Id, ExpectedVersion = stored.Version, Schedule = stored with { Version = stored.Version + 1, DueAt = null, IsWaiting = false } };
        }

        SchedulePlan plan;
        try
        {
            plan = SchedulePlanner.Advance(schedule, now);
        }
        catch (JobException exception) when (exception.Code == JobErrorCodes.UnknownTimeZone && !TimeZones.AreInstalled)
        {
            // A machine without any time zones must not stop it for those that have them.
            ScheduleLog.CannotFire(runtime.Logger, schedule.Id, exception);
            return null;
        }
        catch (Exception exception) when (exception is JobException or CronFormatException)
        {
            return Break(schedule, exception.Message, now);
        }

        if (plan.Ticks.Count > 0 && await IsGoneAsync(storage, schedule, cancellationToken).ConfigureAwait(false))
        {
            return Break(schedule, $"No live worker knows a job '{schedule.JobName}', its last run failed for that reason. Deploy a worker that has it and resume the schedule, or remove it.", now);
        }

        return plan.Ticks.Count == 0 && plan.Schedule.State == schedule.State ? null : Fire(plan, now);
    }

    /// <summary>Writes them all in one step; after a conflict each by itself.</summary>
    public async ValueTask WriteAsync(IJobStorage storage, List<ScheduleWrite> writes, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return;
        }

        IReadOnlyList<bool> written;
        try
        {
            written = await storage.WriteSchedulesAsync(writes, cancellationToken).ConfigureAwait(false);
        }
        catch (JobConflictException) when (writes.Count > 1)
        {
            foreach (var write in writes)
            {
                await WriteAsync(storage, [write], cancellationToken).ConfigureAwait(false);
            }

            return;
        }
        catch (JobConflictException exception)
        {
            await storage.WriteSchedulesAsync([Broken(writes[0], exception.Message)], cancellationToken).ConfigureAwait(false);
            return;
        }

        for (var i = 0; i < writes.Count; i++)
        {
            if (written[i])
            {
                Report(writes[i]);
            }
        }
    }

    private ScheduleWrite Fire(SchedulePlan plan, DateTimeOffset now)
    {
        var schedule = plan.Schedule;
        var job = runtime.Registry.TryFind(schedule.JobName, out var found) ? found : null;
        if (job is { IsDisabled: true })
        {
            return (schedule with { State = schedule.State with { Skipped = schedule.State.Skipped + plan.Ticks.Count } }).ToWrite();
        }

        var jobs = new List<JobRecord>(plan.Ticks.Count);
        foreach (var tick in plan.Ticks)
        {
            using var activity = job is null ? null : runtime.Telemetry.StartEnqueue(job);
            var id = ScheduleTicks.IdOf(schedule, tick);
            jobs.Add(ScheduleJobs.Create(schedule, id));
            schedule = SchedulePlanner.CountRun(schedule, tick, id, now);
        }

        return schedule.ToWrite(jobs);
    }

    /// <summary>Whether the last run found no handler anywhere. While its job is known here, or its last run did not end so, it goes on.</summary>
    private async ValueTask<bool> IsGoneAsync(IJobStorage storage, Schedule schedule, CancellationToken cancellationToken) =>
        !runtime.Registry.TryFind(schedule.JobName, out _)
        && schedule.State.LastJobId is { } last
        && await storage.GetAsync(last, JobParts.None, cancellationToken).ConfigureAwait(false) is { FailureReason: FailureReason.NoHandler };

    private ScheduleWrite Break(Schedule schedule, string reason, DateTimeOffset now)
    {
        ScheduleLog.Paused(runtime.Logger, schedule.Id, reason);
        return ScheduleChanges.Pause(schedule, PauseCause.Broken, reason, now).ToWrite();
    }

    /// <summary>Instead of a write that cannot be: the schedule as it was before, paused.</summary>
    private ScheduleWrite Broken(ScheduleWrite write, string reason)
    {
        ScheduleLog.Paused(runtime.Logger, write.Id, reason);
        var schedule = Schedule.TryRead(write.Schedule!, out _)!;
        return ScheduleChanges.Pause(schedule with { Version = write.ExpectedVersion!.Value }, PauseCause.Broken, reason, schedule.State.UpdatedAt).ToWrite();
    }

    private void Report(ScheduleWrite write)
    {
        foreach (var record in write.Jobs)
        {
            ScheduleLog.Fired(runtime.Logger, write.Id, record.Details!.Id!.Value, record.Name);
            if (runtime.Registry.TryFind(record.Name, out RegisteredJob? job))
            {
                runtime.OnEnqueued(job, record, new InsertedJob(record.Details.Id.Value, false));
            }
        }
    }
}
