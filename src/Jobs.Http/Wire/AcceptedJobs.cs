namespace Jobs.Http.Wire;

internal sealed record AcceptedJobs(IReadOnlyList<AcceptedJob> Jobs);
