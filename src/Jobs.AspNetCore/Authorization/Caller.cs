namespace Jobs.AspNetCore.Authorization;

/// <summary>Who calls, as far as it was allowed.</summary>
/// <param name="Identity">Who it is as a submitter; null when nobody knows.</param>
/// <param name="OwnOnly">Whether only the caller's own jobs count.</param>
internal readonly record struct Caller(string? Identity, bool OwnOnly)
{
    /// <summary>Whether the caller may see a job, whose policies have been asked already.</summary>
    public bool Sees(JobSnapshot job) => !OwnOnly || (Identity is not null && string.Equals(job.Submitter, Identity, StringComparison.Ordinal));
}
