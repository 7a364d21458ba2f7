namespace Jobs.Generator.Parsing;

/// <summary>Why emitted code cannot build a handler.</summary>
internal enum HandlerProblem
{
    None,

    /// <summary>The class is abstract or static.</summary>
    NotConstructible,

    /// <summary>It, or a type around it, has type parameters.</summary>
    Generic,

    /// <summary>It is private, protected or local to its file.</summary>
    Inaccessible,

    /// <summary>There is no public or internal constructor.</summary>
    NoConstructor,

    /// <summary>A constructor's parameter cannot be a service.</summary>
    Parameter,

    /// <summary>There are required members, which nothing sets.</summary>
    RequiredMembers,
}
