using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.Surfaces;

/// <summary>A declaration with attributes: where it is, and what they are called in the source, without namespaces.</summary>
internal sealed record AttributedType(TextSpan Span, IReadOnlyList<string> Attributes);
