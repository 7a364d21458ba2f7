using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Jobs.Chaos;

/// <summary>What a process of the application is told on its command line.</summary>
internal sealed record ChaosSettings
{
    /// <summary>"sqlite" or "postgresql".</summary>
    public required string Storage { get; init; }

    public required string Connection { get; init; }

    /// <summary>Whether the process enqueues; otherwise it works.</summary>
    public bool Enqueues { get; init; }

    /// <summary>How many jobs to enqueue at least, beside those of <see cref="Oddities"/>.</summary>
    public int Count { get; init; }

    /// <summary>How many callers enqueue at once.</summary>
    public int Callers { get; init; } = 6;

    /// <summary>How many jobs to enqueue, beforehand, of each kind that cannot end well.</summary>
    public int Oddities { get; init; }

    public int Concurrency { get; init; } = 4;

    /// <summary>How wrong the process's clock is.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>How many schedules of a second each the process sees to.</summary>
    public int Schedules { get; init; }

    public TimeSpan NoHandlerGrace { get; init; } = TimeSpan.FromSeconds(2);

    public static ChaosSettings Read(IConfiguration configuration) => new()
    {
        Storage = configuration["storage"] ?? throw new ArgumentException("--storage is missing."),
        Connection = configuration["connection"] ?? throw new ArgumentException("--connection is missing."),
        Enqueues = configuration["role"] == "enqueuer",
        Count = Number(configuration["count"], 0),
        Callers = Number(configuration["callers"], 6),
        Oddities = Number(configuration["oddities"], 0),
        Schedules = Number(configuration["schedules"], 0),
        Concurrency = Number(configuration["concurrency"], 4),
        ClockOffset = Time(configuration["clock-offset"], TimeSpan.Zero),
        NoHandlerGrace = Time(configuration["no-handler-grace"], TimeSpan.FromSeconds(2)),
    };

    private static int Number(string? text, int standard) => text is null ? standard : int.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan Time(string? text, TimeSpan standard) => text is null ? standard : TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
