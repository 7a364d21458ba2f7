namespace Jobs.Generator.Models;

/// <summary>How a constructor's argument is resolved.</summary>
internal enum ServiceKind
{
    /// <summary>The attempt's service provider itself.</summary>
    Provider,

    /// <summary>A service that must be there.</summary>
    Required,

    /// <summary>A reference that may be missing.</summary>
    OptionalReference,

    /// <summary>A value that may be missing.</summary>
    OptionalValue,
}
