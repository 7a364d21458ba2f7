using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>An element of a collection that is written out.</summary>
internal sealed record ConstantElement(ConstantValue? Value, SyntaxNode Syntax);
