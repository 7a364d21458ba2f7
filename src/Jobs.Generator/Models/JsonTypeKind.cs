namespace Jobs.Generator.Models;

/// <summary>How a type's metadata is made.</summary>
internal enum JsonTypeKind
{
    /// <summary>There is none; <see cref="JsonTypeModel.Problem"/> says why.</summary>
    Unsupported,

    /// <summary>One converter reads and writes it.</summary>
    Value,

    /// <summary>An array, collection or dictionary.</summary>
    Collection,

    /// <summary>An object with members.</summary>
    Object,
}
