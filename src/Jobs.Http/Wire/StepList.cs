namespace Jobs.Http.Wire;

internal sealed record StepList(IReadOnlyList<JobStep> Steps);
