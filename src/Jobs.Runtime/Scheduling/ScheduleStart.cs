using Jobs.Hosting;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Scheduling;

/// <summary>What an application does about schedules when it starts: stores those that it declares, reports those that vanished, and finds the next runs anew where a zone's rules have changed.</summary>
internal sealed class ScheduleStart(JobsRuntime runtime, JobSchedules schedules, string application)
{
    private const int PageSize = 500;

    /// <exception cref="JobException">A declared schedule is wrong.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (runtime.Settings.IsClientOnly || !runtime.Settings.Scheduling.Enabled)
        {
            return;
        }

        var declared = ReadDeclared();
        foreach (var schedule in declared.Values.Where(static schedule => !schedule.Job.IsDisabled))
        {
            try
            {
                await schedules.UpsertAsync(schedule.Job, schedule.Id, schedule.Cron, schedule.Payload, schedule.Options, application, cancellationToken).ConfigureAwait(false);
            }
            catch (JobException exception) when (exception.Code is JobErrorCodes.InvalidSchedule or JobErrorCodes.UnknownTimeZone)
            {
                throw DeclaredScheduleReader.Wrong(schedule.Id, schedule.Job.Name, exception.Message, exception);
            }
        }

        await ReviewAsync(declared, cancellationToken).ConfigureAwait(false);
    }

    private Dictionary<string, DeclaredSchedule> ReadDeclared()
    {
        var declared = new Dictionary<string, DeclaredSchedule>(StringComparer.Ordinal);
        var reader = new DeclaredScheduleReader(runtime.Registry);
        foreach (var schedule in runtime.Registry.Registered.Where(static job => job.HasHandler).SelectMany(job => job.Descriptor.Accept(reader)))
        {
            if (!declared.TryAdd(schedule.Id, schedule))
            {
                throw DeclaredScheduleReader.Wrong(schedule.Id, schedule.Job.Name, $"job '{declared[schedule.Id].Job.Name}' declares one with the same id; give one of them another");
            }
        }

        return declared;
    }

    private async Task ReviewAsync(Dictionary<string, DeclaredSchedule> declared, CancellationToken cancellationToken)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        string? after = null;
        while (true)
        {
            var reading = await storage.ReadSchedulesAsync(new ScheduleQuery { AfterId = after, Limit = PageSize }, cancellationToken).ConfigureAwait(false);
            var writes = new List<ScheduleWrite>();
            foreach (var stored in reading.Schedules)
            {
                after = stored.Id;
                if (Schedule.TryRead(stored, out _) is { } schedule && Review(schedule, declared, reading.Now) is { } write)
                {
                    writes.Add(write);
                }
            }

            // Who comes second finds it done.
            if (writes.Count > 0)
            {
                await storage.WriteSchedulesAsync(writes, cancellationToken).ConfigureAwait(false);
            }

            if (reading.Schedules.Count < PageSize)
            {
                return;
            }
        }
    }

    private ScheduleWrite? Review(Schedule schedule, Dictionary<string, DeclaredSchedule> declared, DateTimeOffset now)
    {
        if (schedule.Definition.DeclaredBy == application && !declared.ContainsKey(schedule.Id) && schedule.State.Pause != PauseCause.Vanished)
        {
            var policy = runtime.Settings.Scheduling.Vanished;
            ScheduleLog.Vanished(runtime.Logger, schedule.Id, schedule.JobName, application, policy);
            return policy switch
            {
                VanishedSchedules.Remove => new ScheduleWrite { Id = schedule.Id, ExpectedVersion = schedule.Version },
                VanishedSchedules.Pause => ScheduleChanges.Pause(schedule, PauseCause.Vanished, $"{application} declares it no more.", now).ToWrite(),
                _ => null,
            };
        }

        return schedule.State.Pause == PauseCause.None ? ReviewNext(schedule) : null;
    }

    private ScheduleWrite? ReviewNext(Schedule schedule)
    {
        if (schedule.State.NextTickAt is not { } stored || schedule.Definition.TimeZone is null)
        {
            return null;
        }

        DateTimeOffset? next;
        try
        {
            next = ScheduleTicks.Next(schedule.Definition, schedule.State.AnchorAt);
        }
        catch (Exception exception) when (exception is JobException or CronFormatException)
        {
            // When it is due, the loop says what is wrong with it.
            return null;
        }

        if (next == stored)
        {
            return null;
        }

        ScheduleLog.ZoneChanged(runtime.Logger, schedule.Id, next);
        return (schedule with { State = schedule.State with { NextTickAt = next } }).ToWrite(isAnnounced: true);
    }
}
