using System.Text.Json;
using Jobs.Hosting;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Scheduling;

/// <summary>Schedules for their users: every change reads, decides, and writes under the version that was read; whoever comes second reads again.</summary>
internal sealed class JobSchedules(JobsRuntime runtime) : IJobSchedules
{
    private const int MaxPage = 1000;

    public async ValueTask<JobSchedule?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var (_, stored) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        return stored is null ? null : Describe(stored);
    }

    public async ValueTask<IReadOnlyList<JobSchedule>> ListAsync(ScheduleFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= new ScheduleFilter();
        CheckCount(nameof(filter.Limit), filter.Limit);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var reading = await storage.ReadSchedulesAsync(new ScheduleQuery { JobName = filter.JobName, AfterId = filter.AfterId, Limit = filter.Limit }, cancellationToken).ConfigureAwait(false);
        return [.. reading.Schedules.Select(Describe)];
    }

    public ValueTask<JobSchedule> ScheduleAsync(string id, string jobName, string cron, JsonElement input, ScheduleOptions? options = null, CancellationToken cancellationToken = default)
    {
        var job = runtime.Registry.Find(jobName);
        return UpsertAsync(job, id, cron, job.ReadSubmitted(input), options, declaredBy: null, cancellationToken);
    }

    /// <summary>Creates or changes a schedule; the input has been validated.</summary>
    public async ValueTask<JobSchedule> UpsertAsync(RegisteredJob job, string id, string cron, byte[] payload, ScheduleOptions? options, string? declaredBy, CancellationToken cancellationToken)
    {
        var definition = ScheduleRules.Define(runtime, job, id, cron, payload, options, declaredBy);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var (now, stored) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
            var former = stored is null ? null : Schedule.TryRead(stored, out _);
            Schedule schedule;
            ScheduleWrite write;
            if (stored is null)
            {
                schedule = ScheduleChanges.Create(id, job.Name, definition, now);
                write = ScheduleChanges.Created(ref schedule, options?.RunImmediately ?? false, now);
            }
            else
            {
                schedule = former is null
                    ? ScheduleChanges.Create(id, job.Name, definition, now) with { Version = stored.Version }
                    : ScheduleChanges.Redefine(former, job.Name, definition, now);
                if (ReferenceEquals(schedule, former))
                {
                    return Describe(schedule);
                }

                write = schedule.ToWrite(isAnnounced: true);
            }

            if (await WriteAsync(storage, write, cancellationToken).ConfigureAwait(false))
            {
                return Describe(schedule);
            }
        }
    }

    public ValueTask<bool> EditAsync(string id, ScheduleEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return ChangeAsync(
            id,
            (schedule, now) =>
            {
                var definition = ScheduleChanges.Apply(schedule.Definition, edit);
                if (edit.Input is { } input)
                {
                    definition = definition with { Input = ScheduleRules.ToElement(runtime.Registry.Find(schedule.JobName).ReadSubmitted(input)) };
                }

                ScheduleRules.Check(runtime, id, definition);
                return ScheduleChanges.Redefine(schedule, schedule.JobName, definition, now);
            },
            cancellationToken);
    }

    public ValueTask<bool> PauseAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, (schedule, now) => ScheduleChanges.Pause(schedule, PauseCause.Somebody, reason, now), cancellationToken);

    public ValueTask<bool> ResumeAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            id,
            (schedule, now) =>
            {
                ScheduleRules.Check(runtime, id, schedule.Definition);
                return ScheduleChanges.Resume(schedule, now);
            },
            cancellationToken);

    public async ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var (_, stored) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
            if (stored is null)
            {
                return false;
            }

            if (await WriteAsync(storage, new ScheduleWrite { Id = id, ExpectedVersion = stored.Version }, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }
    }

    public async ValueTask<JobHandle?> TriggerAsync(string id, CancellationToken cancellationToken = default)
    {
        var job = JobId.New();
        var found = await ChangeAsync(
            id,
            (schedule, now) => SchedulePlanner.CountRun(schedule, now, job, now),
            cancellationToken,
            schedule => [ScheduleJobs.Create(schedule, job)]).ConfigureAwait(false);
        return found ? new JobHandle(job, false, runtime.Tracker) : null;
    }

    public async ValueTask<IReadOnlyList<DateTimeOffset>?> PreviewAsync(string id, int count = 5, CancellationToken cancellationToken = default)
    {
        CheckCount(nameof(count), count);
        var (now, stored) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            return null;
        }

        var schedule = Read(stored);
        var runs = schedule.Definition.MaxRuns is { } max ? (int)Math.Clamp(max - schedule.State.Runs, 0, count) : count;
        var times = new List<DateTimeOffset>(runs);
        var anchor = schedule.Definition.Start is null && CronExpression.Parse(schedule.Definition.Cron).Interval is not null && schedule.State.NextTickAt is not null ? schedule.State.AnchorAt : now;
        for (var next = ScheduleTicks.Next(schedule.Definition, anchor); next is { } time && times.Count < runs; next = ScheduleTicks.Next(schedule.Definition, time))
        {
            times.Add(TimeZoneInfo.ConvertTime(time, TimeZones.Find(schedule.Definition.TimeZone)));
        }

        return times;
    }

    public IReadOnlyList<DateTimeOffset> Preview(string cron, string? timeZone = null, int count = 5, DateTimeOffset? after = null)
    {
        CheckCount(nameof(count), count);
        return [.. ScheduleRules.ParseCron("preview", cron).GetOccurrences(after ?? runtime.Time.GetUtcNow(), TimeZones.Find(timeZone)).Take(count)];
    }

    private static void CheckCount(string name, int count)
    {
        if (count is < 1 or > MaxPage)
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"{name} is {count}; it must be from 1 to {MaxPage}.");
        }
    }

    private static Schedule Read(StoredSchedule stored) =>
        Schedule.TryRead(stored, out var problem) ?? throw new JobException(JobErrorCodes.InvalidSchedule, $"Schedule '{stored.Id}': {problem}");

    private JobSchedule Describe(StoredSchedule stored) =>
        Schedule.TryRead(stored, out var problem) is { } schedule
            ? Describe(schedule)
            : new JobSchedule { Id = stored.Id, JobName = stored.JobName, Cron = string.Empty, IsPaused = true, PausedReason = problem };

    private JobSchedule Describe(Schedule schedule)
    {
        var described = schedule.Describe();
        return described.Input is { } input ? described with { Input = runtime.Redactor.RedactInput(schedule.JobName, input) } : described;
    }

    private async ValueTask<(DateTimeOffset Now, StoredSchedule? Schedule)> ReadAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var reading = await storage.ReadSchedulesAsync(new ScheduleQuery { Id = id }, cancellationToken).ConfigureAwait(false);
        return (reading.Now, reading.Schedules.Count == 0 ? null : reading.Schedules[0]);
    }

    private async ValueTask<bool> ChangeAsync(string id, Func<Schedule, DateTimeOffset, Schedule> change, CancellationToken cancellationToken, Func<Schedule, IReadOnlyList<JobRecord>>? jobs = null)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var (now, stored) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
            if (stored is null)
            {
                return false;
            }

            var former = Read(stored);
            var schedule = change(former, now);
            if (ReferenceEquals(schedule, former) || await WriteAsync(storage, schedule.ToWrite(jobs?.Invoke(schedule), isAnnounced: jobs is null), cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }
    }

    private static async ValueTask<bool> WriteAsync(IJobStorage storage, ScheduleWrite write, CancellationToken cancellationToken) =>
        (await storage.WriteSchedulesAsync([write], cancellationToken).ConfigureAwait(false))[0];
}
