using Jobs.Storage;

namespace Jobs.PostgreSql;

/// <summary>A caller that waits for its job to be stored.</summary>
internal sealed class PendingInsert(JobRecord job) : TaskCompletionSource<InsertedJob>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public JobRecord Job { get; } = job;
}
