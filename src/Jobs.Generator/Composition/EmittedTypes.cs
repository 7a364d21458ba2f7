using System.Collections.Immutable;
using Jobs.Generator.Models;

namespace Jobs.Generator.Composition;

/// <summary>The types that several jobs share, once each.</summary>
internal static class EmittedTypes
{
    public static EquatableArray<JsonTypeModel> DistinctJson(ImmutableArray<JsonTypeModel> types, CancellationToken cancellationToken) => types
        .GroupBy(static type => type.Identifier, StringComparer.OrdinalIgnoreCase)
        .Select(static group => group.First())
        .OrderBy(static type => type.TypeName, StringComparer.Ordinal)
        .ToEquatableArray();

    public static EquatableArray<JsonTypeEntry> IndexJson(EquatableArray<JsonTypeModel> types, CancellationToken cancellationToken) => types
        .Where(static type => type.HasMetadata)
        .Select(static type => type.ToEntry())
        .ToEquatableArray();

    public static EquatableArray<ValidatedTypeModel> DistinctValidated(ImmutableArray<ValidatedTypeModel> types, CancellationToken cancellationToken) => types
        .GroupBy(static type => type.HintName, StringComparer.OrdinalIgnoreCase)
        .Select(static group => group.First())
        .OrderBy(static type => type.HintName, StringComparer.Ordinal)
        .ToEquatableArray();
}
