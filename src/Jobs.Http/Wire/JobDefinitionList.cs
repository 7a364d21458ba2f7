namespace Jobs.Http.Wire;

internal sealed record JobDefinitionList(IReadOnlyList<JobDefinitionBody> Jobs);
