namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>What waits, per queue that has due jobs, ordered by name. Jobs that a limit or a predecessor holds back are not counted.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    ValueTask<IReadOnlyList<QueueBacklog>> GetBacklogAsync(CancellationToken cancellationToken);
}
