namespace Jobs.Http.Wire;

/// <summary>Many jobs of one name to enqueue, all or none.</summary>
internal sealed record SubmitManyBody
{
    public required IReadOnlyList<SubmitBody> Jobs { get; init; }
}
