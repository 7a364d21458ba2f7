namespace Jobs.Http.Wire;

/// <summary>How many jobs match, or were changed.</summary>
internal sealed record CountBody(long Count);
