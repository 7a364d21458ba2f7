using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>What a construction gives to one property.</summary>
/// <param name="Value">The value; null when only the run knows it.</param>
/// <param name="Syntax">Where it is written; where it is not, the whole construction.</param>
/// <param name="IsWritten">Whether it is written at all, or comes from a default.</param>
internal sealed record InputMember(ConstantValue? Value, SyntaxNode Syntax, bool IsWritten);
