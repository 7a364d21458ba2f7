namespace Jobs.Generator.Contracts;

/// <summary>The names of an enum, which travel, and their numbers, which values without a name travel as.</summary>
/// <param name="Underlying">The numbers' type, such as <c>int32</c>.</param>
/// <param name="Members">Names and numbers, in order of declaration.</param>
internal sealed record EnumShape(string Underlying, IReadOnlyList<KeyValuePair<string, decimal>> Members) : TypeShape;
