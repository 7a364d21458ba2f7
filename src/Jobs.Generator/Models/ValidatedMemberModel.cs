namespace Jobs.Generator.Models;

/// <summary>A property with something to check.</summary>
internal sealed record ValidatedMemberModel
{
    /// <summary>The name in paths.</summary>
    public required string Name { get; init; }

    /// <summary>The name in C#, escaped where it has to be.</summary>
    public required string Access { get; init; }

    /// <summary>The name in messages, as an expression.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether null is an error because the declaration does not allow it.</summary>
    public required bool IsNonNullable { get; init; }

    /// <summary>The Required attribute; its failure hides the other rules' verdicts.</summary>
    public ValidationRuleModel? Required { get; init; }

    public required EquatableArray<ValidationRuleModel> Rules { get; init; }

    public required ValidatedMissingElements MissingElements { get; init; }

    /// <summary>The identifier of the type that checks the value; null when there is nothing nested.</summary>
    public string? Nested { get; init; }

    public bool HasOwnChecks => IsNonNullable || Required is not null || Rules.Count > 0 || MissingElements != ValidatedMissingElements.Allowed;
}
