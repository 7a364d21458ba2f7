namespace Jobs.Generator.Models;

/// <summary>How emitted code goes through a collection.</summary>
internal enum ValidatedElementsAccess
{
    /// <summary>By index, up to <c>Length</c>.</summary>
    Length,

    /// <summary>By index, up to <c>Length</c>, unless it is the default value, which has no array.</summary>
    ImmutableArray,

    /// <summary>By index, up to <c>Count</c>.</summary>
    Count,

    /// <summary>By enumeration.</summary>
    Enumerate,

    /// <summary>By enumeration of keys and values.</summary>
    Dictionary,
}
