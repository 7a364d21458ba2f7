namespace Jobs.Generator.Models;

/// <summary>A derived type that a value may have at run time.</summary>
internal sealed record ValidatedSubtypeModel(string TypeName, string Identifier);
