namespace Jobs.Http.Wire;

internal sealed record WorkerList(IReadOnlyList<WorkerInfo> Workers);
