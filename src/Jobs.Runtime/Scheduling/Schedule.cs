using System.Text.Json;
using Jobs.Storage;

namespace Jobs.Scheduling;

/// <summary>A stored schedule with its document read.</summary>
internal sealed record Schedule(string Id, string JobName, long Version, ScheduleDefinition Definition, ScheduleState State, IReadOnlyList<JobId> OpenJobs)
{
    /// <summary>The schedule; null with the reason when its document cannot be read.</summary>
    public static Schedule? TryRead(StoredSchedule stored, out string? problem)
    {
        try
        {
            var document = ScheduleDocument.Parse(stored.Document);
            problem = null;
            return new Schedule(stored.Id, stored.JobName, stored.Version, document.Definition, document.State, stored.OpenJobs);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or NotSupportedException)
        {
            problem = $"Its stored document cannot be read ({exception.Message}). Store it anew with ScheduleAsync.";
            return null;
        }
    }

    /// <summary>The write that replaces the version that was read.</summary>
    public ScheduleWrite ToWrite(IReadOnlyList<JobRecord>? jobs = null, DateTimeOffset? notAfter = null, bool isAnnounced = false) => new()
    {
        Id = Id,
        ExpectedVersion = Version,
        Schedule = Store(Version + 1),
        Jobs = jobs ?? [],
        NotAfter = notAfter,
        IsAnnounced = isAnnounced,
    };

    public StoredSchedule Store(long version) => new()
    {
        Id = Id,
        Version = version,
        JobName = JobName,
        Document = new ScheduleDocument(Definition, State).ToJson(),
        DueAt = State.Pause == PauseCause.None ? ScheduleTicks.DueAt(this) : null,
        IsWaiting = State.WaitingTickAt is not null && State.Pause == PauseCause.None,
        OpenJobs = OpenJobs,
    };

    public JobSchedule Describe() => new()
    {
        Id = Id,
        JobName = JobName,
        Cron = Definition.Cron,
        TimeZone = Definition.TimeZone,
        Input = Definition.Input,
        Overlap = Definition.Overlap,
        CatchUp = Definition.CatchUp,
        Start = Definition.Start,
        End = Definition.End,
        MaxRuns = Definition.MaxRuns,
        Jitter = Definition.Jitter?.Value,
        DeclaredBy = Definition.DeclaredBy,
        IsPaused = State.Pause != PauseCause.None,
        PausedReason = State.PausedReason,
        NextRunAt = State.Pause == PauseCause.None ? ScheduleTicks.DueAt(this) : null,
        LastTickAt = State.LastTickAt,
        LastRunAt = State.LastRunAt,
        LastJobId = State.LastJobId,
        WaitingTickAt = State.WaitingTickAt,
        Runs = State.Runs,
        Skipped = State.Skipped,
        CreatedAt = State.CreatedAt,
        UpdatedAt = State.UpdatedAt,
    };
}
