namespace Jobs.Generator.Models;

/// <summary>An object with members. All expressions are fully qualified.</summary>
internal sealed record JsonObjectModel
{
    /// <summary>An expression for a new object; null when there is none or its constructor takes <see cref="Parameters"/>.</summary>
    public string? Creator { get; init; }

    /// <summary>An expression over <c>arguments</c>, an array of objects, in the order of <see cref="Parameters"/>.</summary>
    public string? CreatorWithParameters { get; init; }

    public EquatableArray<JsonParameterModel> Parameters { get; init; }

    public EquatableArray<JsonPropertyModel> Properties { get; init; }

    /// <summary>How to read and write it directly; null when only the serializer can.</summary>
    public JsonShortcutModel? Shortcut { get; init; }

    public string? UnmappedMemberHandling { get; init; }

    public string? ObjectCreationHandling { get; init; }
}
