using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Analyzers;

/// <summary>Where the parts of a <c>[Job]</c> stand in the source.</summary>
internal sealed class JobAttributeLocations(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellationToken)
{
    private readonly AttributeSyntax? _syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    /// <summary>The name of the type, in the declaration that has the attribute.</summary>
    public Location Declaration => _syntax?.Parent?.Parent is BaseTypeDeclarationSyntax declaration ? declaration.Identifier.GetLocation() : type.Locations[0];

    /// <summary>The whole attribute.</summary>
    public Location Attribute => _syntax?.GetLocation() ?? Declaration;

    /// <summary>The stored name if it is written, else the declaration that it is derived from.</summary>
    public Location Name => FindConstructorArgument()?.Expression.GetLocation() ?? Declaration;

    /// <summary>The property's name if it is written, else the declaration that it is derived from.</summary>
    public Location ClientName => FindNamedArgument("ClientName")?.Expression.GetLocation() ?? Declaration;

    /// <summary>The value of a named argument.</summary>
    public Location Argument(string name) => FindNamedArgument(name)?.Expression.GetLocation() ?? Attribute;

    /// <summary>The element with this value of a named argument that is an array.</summary>
    public Location Element(string name, List<string> values, string value) => Element(name, values.IndexOf(value) is >= 0 and var index ? index : int.MaxValue);

    /// <summary>An element of a named argument that is an array.</summary>
    public Location Element(string name, int index)
    {
        var elements = FindNamedArgument(name)?.Expression switch
        {
            CollectionExpressionSyntax collection => collection.Elements.Select(static SyntaxNode (element) => element is ExpressionElementSyntax single ? single.Expression : element).ToList(),
            ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
            _ => new List<SyntaxNode>(),
        };
        return index < elements.Count ? elements[index].GetLocation() : Argument(name);
    }

    private AttributeArgumentSyntax? FindConstructorArgument() => _syntax?.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null);

    private AttributeArgumentSyntax? FindNamedArgument(string name) =>
        _syntax?.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
}
