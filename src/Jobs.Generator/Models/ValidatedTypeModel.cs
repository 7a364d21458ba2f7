namespace Jobs.Generator.Models;

/// <summary>A type whose values are checked: an object with its members, a collection with its elements, or both.</summary>
internal sealed record ValidatedTypeModel
{
    /// <summary>Unique per type; names its methods: <c>Validate_…</c> and <c>Check_…</c>.</summary>
    public required string Identifier { get; init; }

    /// <summary>The type in C#, without a question mark for the value itself.</summary>
    public required string TypeName { get; init; }

    /// <summary>Whether an input of this type can be null.</summary>
    public required bool CanBeNull { get; init; }

    /// <summary>Whether there is anything to check in a value that is there.</summary>
    public required bool HasCheck { get; init; }

    /// <summary>The object's own name in messages, as an expression.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether a value may contain itself.</summary>
    public required bool IsRecursive { get; init; }

    /// <summary>Whether values of the type itself exist, next to those of derived types.</summary>
    public required bool IsConcrete { get; init; }

    public required bool IsValidatableObject { get; init; }

    /// <summary>For <c>T?</c> of a struct: the identifier of T, if T has a check.</summary>
    public string? Underlying { get; init; }

    /// <summary>The known derived types, most derived first.</summary>
    public required EquatableArray<ValidatedSubtypeModel> Subtypes { get; init; }

    public required EquatableArray<ValidatedMemberModel> Members { get; init; }

    /// <summary>Attributes of the type itself.</summary>
    public required EquatableArray<ValidationRuleModel> Rules { get; init; }

    public ValidatedElementsModel? Elements { get; init; }

    /// <summary>What has to be said about nulls among the elements of an input of this type.</summary>
    public required ValidatedMissingElements MissingElements { get; init; }

    /// <summary>Shared objects that the checks use, one field each.</summary>
    public required EquatableArray<ValidationFieldModel> Fields { get; init; }

    /// <summary>Documentation ids of the user's members whose attributes alone make the trimming analyzers warn.</summary>
    public required EquatableArray<string> SuppressedMembers { get; init; }

    /// <summary>What the file names.</summary>
    public required UsedSymbolsModel Used { get; init; }

    /// <summary>Whether an attribute was told the line that it stands on.</summary>
    public required bool DependsOnLines { get; init; }

    /// <summary>Rules that emitted code cannot check, as messages; an analyzer reports them.</summary>
    public required EquatableArray<string> Errors { get; init; }
}
