using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>One type refers to another.</summary>
/// <param name="From">The type that refers, as it is written in code.</param>
/// <param name="To">The type that it refers to.</param>
/// <param name="Member">The property, field or constructor's parameter; null for elements, values and derived types.</param>
/// <param name="IsRead">Whether values are read there, and not only written.</param>
internal sealed record JsonEdge(string From, string To, ISymbol? Member, bool IsRead);
