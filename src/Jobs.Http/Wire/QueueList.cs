namespace Jobs.Http.Wire;

internal sealed record QueueList(IReadOnlyList<QueueInfo> Queues);
