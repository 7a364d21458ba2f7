namespace Jobs.Generator.Contracts;

/// <summary>What a type with a name looks like as JSON: an enum's names, or an object's members.</summary>
internal abstract record TypeShape;
