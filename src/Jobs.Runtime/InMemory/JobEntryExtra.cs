namespace Jobs.InMemory;

/// <summary>What only jobs have that failed, were given back, report progress or are being cancelled.</summary>
internal sealed class JobEntryExtra
{
    /// <summary>The runs that ended, but for the one of a completed job, which its entry tells.</summary>
    public List<JobAttempt> History { get; } = [];

    /// <summary>The job's number, when its id does not carry it.</summary>
    public long Sequence { get; set; }

    public byte[]? Result { get; set; }

    /// <summary>What it waits for, and what waits for it; null when nothing ever did.</summary>
    public JobLinks? Links { get; set; }

    public int Takeovers { get; set; }

    public bool CancelRequested { get; set; }

    public FailureReason Reason { get; set; }

    public string? Error { get; set; }

    /// <summary>When the job last changed while it was pending or held; 0 when never. All times are UTC ticks, 0 for never.</summary>
    public long ChangedAt { get; set; }

    public long LastFailedAt { get; set; }

    public long LastRetriedAt { get; set; }

    public long LastCancelledAt { get; set; }

    public double? Progress { get; set; }

    public string? ProgressMessage { get; set; }

    public string? ProgressData { get; set; }

    public long LastProgressAt { get; set; }

    /// <summary>The letter that was stored when the job failed for good.</summary>
    public JobId? DeadLetterId { get; set; }

    public long DeadLetteredAt { get; set; }

    /// <summary>What its handlers wrote.</summary>
    public JobLog? Log { get; set; }

    /// <summary>What its attempts left for later ones.</summary>
    public EntrySteps? Steps { get; set; }

    public void ClearProgress()
    {
        Progress = null;
        ProgressMessage = null;
        ProgressData = null;
        LastProgressAt = 0;
    }

    public void ClearError()
    {
        Reason = FailureReason.None;
        Error = null;
    }
}
