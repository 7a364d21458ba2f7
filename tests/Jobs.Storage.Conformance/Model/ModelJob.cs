namespace Jobs.Storage.Conformance.Model;

/// <summary>A job as the reference model sees it. Times are whole hours since the start of the test.</summary>
internal sealed class ModelJob
{
    public required JobId Id { get; init; }

    public required JobRecord Record { get; init; }

    public JobStatus Status { get; set; }

    public int DueAt { get; set; }

    public int EndedAt { get; set; }

    public int Attempts { get; set; }

    public int Takeovers { get; set; }

    public int Runs { get; set; }

    /// <summary>Its waits by name.</summary>
    public Dictionary<string, ModelWait> Waits { get; } = [];

    /// <summary>The wait that it is pending for; null when it is pending for another reason.</summary>
    public ModelWait? Awaited { get; set; }

    public bool CancelRequested { get; set; }

    public string? Worker { get; set; }

    public ClaimedJob Claim { get; set; }

    public FailureReason Reason { get; set; }

    public JobStatus StatusAt(int hour) => Status == JobStatus.Pending && Awaited is { Answer: null } && DueAt > hour ? JobStatus.Waiting : Status;

    public bool HasEnded => Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;

    public TimeSpan Retention => Status == JobStatus.Completed ? Record.Policy.RetainCompleted : Record.Policy.RetainFailed;
}
