namespace Jobs.Generator.Models;

/// <summary>A property or field that is read or written.</summary>
internal sealed record JsonPropertyModel
{
    public required string Name { get; init; }

    public required string TypeName { get; init; }

    public required string DeclaringTypeName { get; init; }

    public bool IsField { get; init; }

    public bool IsVirtual { get; init; }

    public bool HasJsonInclude { get; init; }

    public bool IsExtensionData { get; init; }

    /// <summary>An expression over <c>target</c>, an object; null when the member is never written to JSON.</summary>
    public string? Getter { get; init; }

    /// <summary>An expression over <c>target</c>, an object, and <c>value</c>; null when the member is never read from JSON.</summary>
    public string? Setter { get; init; }

    public string? IgnoreCondition { get; init; }

    /// <summary>The name that the attribute gives, as a literal.</summary>
    public string? JsonName { get; init; }

    public string? NumberHandling { get; init; }

    public string? ObjectCreationHandling { get; init; }

    /// <summary>An expression that may use <c>options</c>.</summary>
    public string? Converter { get; init; }

    /// <summary>The type travels only by this member's converter.</summary>
    public bool HasTypeWithoutMetadata { get; init; }

    public int Order { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Its value is not to be seen.</summary>
    public bool IsRedacted { get; init; }

    public bool RefusesNullOnWrite { get; init; }

    public bool RefusesNullOnRead { get; init; }
}
