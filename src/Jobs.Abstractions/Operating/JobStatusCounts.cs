namespace Jobs;

/// <summary>How many jobs are in each state.</summary>
/// <param name="Pending">Due, or due later.</param>
/// <param name="Running">Held by workers.</param>
/// <param name="Waiting">Waiting for others that they depend on, for a time or for an answer.</param>
/// <param name="Completed">Ended well, with a record that is still kept.</param>
/// <param name="Failed">Ended badly, with a record that is still kept.</param>
/// <param name="Cancelled">Cancelled, with a record that is still kept.</param>
public sealed record JobStatusCounts(long Pending, long Running, long Waiting, long Completed, long Failed, long Cancelled)
{
    /// <summary>All of them.</summary>
    public long Total => Pending + Running + Waiting + Completed + Failed + Cancelled;
}
