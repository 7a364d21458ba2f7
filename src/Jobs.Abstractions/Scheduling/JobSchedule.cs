using System.Text.Json;

namespace Jobs;

/// <summary>A schedule as it is now.</summary>
public sealed record JobSchedule
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The stored name of its job.</summary>
    public required string JobName { get; init; }

    /// <summary>When it runs, as it was written.</summary>
    public required string Cron { get; init; }

    /// <summary>The zone whose clock counts; null is UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The input of its jobs; null for a job without.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>What happens while the previous job is unfinished.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>What happens with times at which no process ran.</summary>
    public CatchUpPolicy CatchUp { get; init; }

    /// <summary>The first moment at which it may run.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The last moment at which it may run.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>After so many runs it runs no more.</summary>
    public int? MaxRuns { get; init; }

    /// <summary>The longest random delay of each run.</summary>
    public TimeSpan? Jitter { get; init; }

    /// <summary>Whether it is declared in code, and by which application.</summary>
    public string? DeclaredBy { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Why it is paused: what somebody said, or what is wrong with it.</summary>
    public string? PausedReason { get; init; }

    /// <summary>When it runs next, jitter included; null when it is paused or has ended.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>The time that its last run was for.</summary>
    public DateTimeOffset? LastTickAt { get; init; }

    /// <summary>When its last job was enqueued.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>Its last job.</summary>
    public JobId? LastJobId { get; init; }

    /// <summary>The time of the run that waits for the end of the previous one.</summary>
    public DateTimeOffset? WaitingTickAt { get; init; }

    /// <summary>How many jobs it has enqueued.</summary>
    public long Runs { get; init; }

    /// <summary>How many times it left out, because of the previous job or because nobody was there.</summary>
    public long Skipped { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed by somebody.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
