namespace Jobs;

/// <summary>Where a job is in its life.</summary>
public enum JobStatus
{
    /// <summary>Due, or due later (<see cref="JobSnapshot.IsDelayed"/>).</summary>
    Pending,

    /// <summary>A worker holds it.</summary>
    Running,

    /// <summary>It waits for something other than time, without holding a slot.</summary>
    Waiting,

    /// <summary>It ended well.</summary>
    Completed,

    /// <summary>It ended badly, for good.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
