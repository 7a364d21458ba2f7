namespace Jobs.Generator.Models;

/// <summary>A member that code can't name, or not in this way: an init-only setter, a constructor of a type with required members, a private member.</summary>
internal sealed record JsonAccessorModel
{
    /// <summary>The class that holds the accessor, with type parameters when the member's type is generic: <c>Page_1Accessors&lt;T&gt;</c>.</summary>
    public required string Holder { get; init; }

    /// <summary>The constraints of the type parameters, which must be those of the member's type.</summary>
    public EquatableArray<string> Constraints { get; init; }

    /// <summary>The name of an <c>UnsafeAccessorKind</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The member's name in metadata; null for a constructor, and where the accessor itself has that name.</summary>
    public string? Target { get; init; }

    /// <summary>The return type, name and parameters.</summary>
    public required string Signature { get; init; }
}
