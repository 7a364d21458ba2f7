namespace Jobs.Http.Wire;

/// <summary>A problem by RFC 9457, with a stable code for programs.</summary>
internal sealed record ProblemBody
{
    public string? Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public string? Detail { get; init; }

    public required string Code { get; init; }

    public JobId? JobId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>What is wrong with an input, by member path.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The same with the rules that were broken.</summary>
    public IReadOnlyList<JobValidationError>? Violations { get; init; }
}
