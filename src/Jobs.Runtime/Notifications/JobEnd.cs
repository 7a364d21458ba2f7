namespace Jobs.Notifications;

/// <summary>How a job ended, for those who wait for it.</summary>
/// <param name="Snapshot">The job's last state; when this process saw the end itself, only what a waiter needs.</param>
/// <param name="Result">The result as it was serialized, when this process made it.</param>
internal sealed record JobEnd(JobSnapshot Snapshot, byte[]? Result);
