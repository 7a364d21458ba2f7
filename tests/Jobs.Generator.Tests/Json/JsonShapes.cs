namespace Jobs.Generator.Tests.Json;

/// <summary>The shapes that inputs and results may have.</summary>
internal static partial class JsonShapes
{
    public static IReadOnlyList<JsonShape> All => [.. _values, .. _collections, .. _objects, .. _attributes];
}
