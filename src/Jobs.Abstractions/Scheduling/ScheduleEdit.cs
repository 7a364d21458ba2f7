using System.Text.Json;

namespace Jobs;

/// <summary>What to change about a schedule; what is null stays.</summary>
public sealed record ScheduleEdit
{
    /// <summary>When it runs. The next run is counted from now on.</summary>
    public string? Cron { get; init; }

    /// <summary>The IANA id of its zone. The next run is counted from now on.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The input of its jobs, validated like any other.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>What happens while the previous job is unfinished.</summary>
    public OverlapPolicy? Overlap { get; init; }

    /// <summary>What happens with times at which no process ran.</summary>
    public CatchUpPolicy? CatchUp { get; init; }

    /// <summary>The last moment at which it may run.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>After so many runs in all it runs no more.</summary>
    public int? MaxRuns { get; init; }
}
