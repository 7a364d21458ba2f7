namespace Jobs.Generator.Models;

/// <summary>The elements of a collection, where they are to be checked.</summary>
internal sealed record ValidatedElementsModel
{
    public required ValidatedElementsAccess Access { get; init; }

    /// <summary>For a type with its own enumerator beside the interface's: the interface in C#, to enumerate by.</summary>
    public string? EnumerateAs { get; init; }

    /// <summary>Whether elements can be null and are then passed over.</summary>
    public required bool CanBeNull { get; init; }

    /// <summary>The type that checks an element; null when elements are checked for nulls within only.</summary>
    public string? Nested { get; init; }

    /// <summary>What is to be said about nulls within an element that is a collection itself.</summary>
    public required ValidatedMissingElements MissingElements { get; init; }
}
