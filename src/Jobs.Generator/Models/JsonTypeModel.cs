namespace Jobs.Generator.Models;

/// <summary>A type that is read or written as JSON. It depends on the type alone, not on who refers to it.</summary>
internal sealed record JsonTypeModel
{
    /// <summary>The type as it is written in code, fully qualified.</summary>
    public required string TypeName { get; init; }

    /// <summary>The stem of the emitted members' names, unique per type.</summary>
    public required string Identifier { get; init; }

    public required JsonTypeKind Kind { get; init; }

    /// <summary>
    /// Why the type can't travel. With <see cref="JsonTypeKind.Unsupported"/> there is no metadata at all; otherwise it can be
    /// written but not read, as with an interface: members without a setter may be of such a type.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>For <see cref="JsonTypeKind.Value"/>, an expression that may use <c>options</c>.</summary>
    public string? Converter { get; init; }

    public JsonCollectionModel? Collection { get; init; }

    public JsonObjectModel? Object { get; init; }

    /// <summary>Members that only an accessor reaches.</summary>
    public EquatableArray<JsonAccessorModel> Accessors { get; init; }

    /// <summary>An expression, when the type has the attribute.</summary>
    public string? NumberHandling { get; init; }

    /// <summary>Diagnostics that naming the type and its members would cause, such as those of experimental members.</summary>
    public EquatableArray<string> SuppressedDiagnostics { get; init; }

    public bool HasMetadata => Kind != JsonTypeKind.Unsupported;

    public JsonTypeEntry ToEntry() => new(TypeName, Identifier, SuppressedDiagnostics, Object?.Shortcut is not null);
}
