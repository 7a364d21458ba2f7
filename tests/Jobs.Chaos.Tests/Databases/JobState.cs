namespace Jobs.Chaos.Tests.Databases;

/// <summary>A job as the storage's view for people shows it.</summary>
/// <param name="Id">The public id.</param>
/// <param name="Name">The job's name.</param>
/// <param name="Status">In lower case: "completed", "failed", "cancelled", or where it is instead.</param>
/// <param name="Reason">Why it failed; null when it did not.</param>
/// <param name="Result">The result as JSON.</param>
/// <param name="Worker">The worker that completed it; null for another end.</param>
internal sealed record JobState(string Id, string Name, string Status, string? Reason, string? Result, string? Worker)
{
    public bool IsFinal => Status is "completed" or "failed" or "cancelled";
}
