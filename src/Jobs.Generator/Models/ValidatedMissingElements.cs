namespace Jobs.Generator.Models;

/// <summary>Whether a collection may contain nulls.</summary>
internal enum ValidatedMissingElements
{
    /// <summary>It may, or it is no collection.</summary>
    Allowed,

    /// <summary>Its elements are declared as never null.</summary>
    NoElement,

    /// <summary>Its dictionary values are declared as never null.</summary>
    NoValue,
}
