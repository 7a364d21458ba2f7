using System.Text.Json;

namespace Jobs.Http.Wire;

/// <summary>A schedule to create or change.</summary>
internal sealed record ScheduleBody
{
    public required string JobName { get; init; }

    public required string Cron { get; init; }

    public JsonElement? Input { get; init; }

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

    public static ScheduleBody From(string jobName, string cron, JsonElement input, ScheduleOptions? options)
    {
        var body = new ScheduleBody { JobName = jobName, Cron = cron, Input = input.ValueKind is JsonValueKind.Undefined ? null : input };
        return options is null ? body : body with
        {
            TimeZone = options.TimeZone,
            Start = options.Start,
            End = options.End,
            MaxRuns = options.MaxRuns,
            Overlap = options.Overlap,
            CatchUp = options.CatchUp,
            MaxCatchUp = options.MaxCatchUp,
            Jitter = options.Jitter,
            Enabled = options.Enabled,
            RunImmediately = options.RunImmediately,
            Options = options.Job is null ? null : SubmitOptions.From(options.Job),
        };
    }

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
