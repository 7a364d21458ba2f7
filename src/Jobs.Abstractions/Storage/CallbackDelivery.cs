namespace Jobs.Storage;

/// <summary>The input of the job that delivers a callback: where to, and how the job ended that it tells of.</summary>
public sealed record CallbackDelivery
{
    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The job that ended.</summary>
    public required JobId JobId { get; init; }

    /// <summary>Its stored name.</summary>
    public required string JobName { get; init; }

    /// <summary>Its queue.</summary>
    public required string Queue { get; init; }

    /// <summary>How it ended: Completed, Failed or Cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>The runs that counted.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Why it failed, as the name of a <see cref="FailureReason"/>; null when it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>The message of its last error.</summary>
    public string? Error { get; init; }

    /// <summary>Its result as JSON text; null when it has none.</summary>
    public string? Result { get; init; }
}
