namespace Jobs.Storage;

/// <summary>How far a running attempt is.</summary>
/// <param name="Id">The job.</param>
/// <param name="Lease">The fence of the attempt.</param>
/// <param name="Percent">From 0 to 100.</param>
/// <param name="Message">What is being done.</param>
public readonly record struct ProgressReport(JobId Id, JobLease Lease, double Percent, string? Message)
{
    /// <summary>Whatever else there is to tell, as JSON; null for nothing.</summary>
    public string? Data { get; init; }
}
