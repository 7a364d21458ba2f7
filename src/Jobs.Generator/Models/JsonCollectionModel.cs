namespace Jobs.Generator.Models;

/// <summary>An array, collection or dictionary.</summary>
internal sealed record JsonCollectionModel
{
    /// <summary>The method of <c>JsonMetadataServices</c> that makes the metadata, with its type arguments.</summary>
    public required string Factory { get; init; }

    /// <summary>An expression for an empty collection; null when the type can't be created or the converter knows how.</summary>
    public string? Creator { get; init; }

    /// <summary>A further argument of the factory: how to fill a collection that has no common interface.</summary>
    public string? Filler { get; init; }
}
