using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace Jobs.Metadata;

/// <summary>What a job's attribute sets; null where it is silent.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record JobDefaults
{
    /// <summary>See <see cref="JobAttribute.Queue"/>.</summary>
    public string? Queue { get; init; }

    /// <summary>See <see cref="JobAttribute.Priority"/>.</summary>
    public int? Priority { get; init; }

    /// <summary>See <see cref="JobAttribute.MaxAttempts"/>.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>See <see cref="JobAttribute.Backoff"/>.</summary>
    public BackoffKind? Backoff { get; init; }

    /// <summary>See <see cref="JobAttribute.BackoffDelay"/>.</summary>
    public string? BackoffDelay { get; init; }

    /// <summary>See <see cref="JobAttribute.MaxBackoffDelay"/>.</summary>
    public string? MaxBackoffDelay { get; init; }

    /// <summary>See <see cref="JobAttribute.Jitter"/>.</summary>
    public double? Jitter { get; init; }

    /// <summary>See <see cref="JobAttribute.Timeout"/>.</summary>
    public string? Timeout { get; init; }

    /// <summary>See <see cref="JobAttribute.ProgressTimeout"/>.</summary>
    public string? ProgressTimeout { get; init; }

    /// <summary>See <see cref="JobAttribute.MaxConcurrency"/>.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>See <see cref="JobAttribute.LogLevel"/>.</summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary>The stored name of the job that <see cref="JobAttribute.DeadLetterTo"/> names.</summary>
    public string? DeadLetterTo { get; init; }

    /// <summary>See <see cref="JobAttribute.GlobalConcurrency"/>.</summary>
    public int? GlobalConcurrency { get; init; }

    /// <summary>See <see cref="JobAttribute.KeyConcurrency"/>.</summary>
    public int? KeyConcurrency { get; init; }

    /// <summary>See <see cref="JobAttribute.Overlap"/>.</summary>
    public OverlapPolicy? Overlap { get; init; }

    /// <summary>See <see cref="JobAttribute.RetainCompleted"/>.</summary>
    public string? RetainCompleted { get; init; }

    /// <summary>See <see cref="JobAttribute.RetainFailed"/>.</summary>
    public string? RetainFailed { get; init; }

    /// <summary>See <see cref="JobAttribute.RetainCompletedCount"/>.</summary>
    public int? RetainCompletedCount { get; init; }

    /// <summary>See <see cref="JobAttribute.RetainFailedCount"/>.</summary>
    public int? RetainFailedCount { get; init; }

    /// <summary>See <see cref="JobAttribute.Disabled"/>.</summary>
    public bool Disabled { get; init; }
}
