namespace Jobs;

/// <summary>What becomes of a job after an attempt failed.</summary>
public readonly record struct RetryDecision
{
    private RetryDecision(bool isStop, TimeSpan? delay) => (IsStop, Delay) = (isStop, delay);

    /// <summary>As the job's backoff says.</summary>
    public static RetryDecision Default => default;

    /// <summary>The job fails for good, as <see cref="FailureReason.NonRetryable"/>.</summary>
    public static RetryDecision Stop { get; } = new(isStop: true, null);

    /// <summary>The job is due again at once.</summary>
    public static RetryDecision Now { get; } = new(isStop: false, TimeSpan.Zero);

    /// <summary>Whether the job fails for good.</summary>
    public bool IsStop { get; }

    /// <summary>When the job is due again; null for the job's backoff.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>The job is due again after a delay.</summary>
    /// <param name="delay">How long; at most 1,000 years.</param>
    public static RetryDecision After(JobDuration delay) => new(isStop: false, delay.Value);
}
