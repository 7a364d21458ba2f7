using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>What a base type or interface is constructed with.</summary>
/// <param name="Types">The type arguments.</param>
/// <param name="Annotations">What is said about null in each.</param>
internal sealed record BaseTypeArguments(ImmutableArray<ITypeSymbol> Types, ImmutableArray<NullableAnnotation> Annotations);
