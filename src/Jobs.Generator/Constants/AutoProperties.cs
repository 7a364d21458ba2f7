using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Constants;

/// <summary>Properties that keep what they are given.</summary>
internal static class AutoProperties
{
    /// <summary>The declaration of a property without code of its own; null for others, and for those of compiled assemblies.</summary>
    public static PropertyDeclarationSyntax? Find(IPropertySymbol property, CancellationToken cancellationToken)
    {
        foreach (var reference in property.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } syntax
                && accessors.Accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null })
                && !syntax.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.AbstractKeyword) || modifier.IsKind(SyntaxKind.PartialKeyword)))
            {
                return syntax;
            }
        }

        return null;
    }
}
