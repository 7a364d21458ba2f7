namespace Jobs.Generator.Parsing;

/// <summary>The attributes of a referenced assembly that matter here.</summary>
internal enum ReferencedAttributeKind
{
    Other,
    JobAssembly,
    JobEntry,
    Friend,
    Experimental,
}
