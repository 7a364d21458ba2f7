using System.Text.Json;

namespace Jobs.Scheduling;

/// <summary>What somebody decided about a schedule, as it is stored. Two definitions are the same when their JSON is.</summary>
internal sealed record ScheduleDefinition
{
    public required string Cron { get; init; }

    /// <summary>Null is UTC.</summary>
    public string? TimeZone { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public int? MaxRuns { get; init; }

    /// <summary>Never <see cref="OverlapPolicy.Default"/>.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>Never <see cref="CatchUpPolicy.Default"/>.</summary>
    public CatchUpPolicy CatchUp { get; init; }

    public int MaxCatchUp { get; init; }

    public JobDuration? Jitter { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>The application that declares it in code.</summary>
    public string? DeclaredBy { get; init; }

    public required string Queue { get; init; }

    public int Priority { get; init; }

    /// <summary>What differs from the default policy.</summary>
    public string? Policy { get; init; }

    public string? Submitter { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The input of every run.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>Whether the next run has to be found anew when one replaces the other.</summary>
    public bool HasSameTimes(ScheduleDefinition other) =>
        Cron == other.Cron && TimeZone == other.TimeZone && Start == other.Start && End == other.End && MaxRuns == other.MaxRuns && Jitter == other.Jitter;
}
