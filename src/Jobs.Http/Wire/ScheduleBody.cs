using System.Text.Json;

namespace Jobs.Http.Wire;

/// <summary>A schedule to create or change.</summary>
internal sealed record ScheduleBody
{
    public required string JobName { get; init; }

    public required string Cron { get; init; }

    public JsonElement Input { get; init; }

    public string? TimeZone { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public int? MaxRuns { get; init; }

    public OverlapPolicy? Overlap { get; init; }

    public CatchUpPolicy? CatchUp { get; init; }

    public int? MaxCatchUp { get; init; }

    public JobDuration? Jitter { get; init; }

    public bool? Enabled { get; init; }

    public bool? RunImmediately { get; init; }

    /// <summary>The options of its jobs.</summary>
    public SubmitOptions? Options { get; init; }

    public ScheduleOptions ToOptions()
    {
        var defaults = new ScheduleOptions();
        return new ScheduleOptions
        {
            TimeZone = TimeZone,
            Start = Start,
            End = End,
            MaxRuns = MaxRuns,
            Overlap = Overlap ?? defaults.Overlap,
            CatchUp = CatchUp ?? defaults.CatchUp,
            MaxCatchUp = MaxCatchUp ?? defaults.MaxCatchUp,
            Jitter = Jitter,
            Enabled = Enabled ?? defaults.Enabled,
            RunImmediately = RunImmediately ?? defaults.RunImmediately,
            Job = Options?.ToOptions(),
        };
    }
}
