using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Constants;

/// <summary>Which property keeps what a constructor is given, as it is given. A constructor that does more with it is not looked through.</summary>
internal static class ConstructorParameters
{
    private const int MaxDepth = 8;

    /// <summary>The property's name; null when it is not certain.</summary>
    public static string? FindProperty(IParameterSymbol parameter, CancellationToken cancellationToken) =>
        parameter.OriginalDefinition.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            ? Find(constructor, parameter.OriginalDefinition, 0, cancellationToken)
            : null;

    private static string? Find(IMethodSymbol constructor, IParameterSymbol parameter, int depth, CancellationToken cancellationToken)
    {
        if (constructor.DeclaringSyntaxReferences.IsEmpty)
        {
            return FindInMetadata(constructor, parameter);
        }

        var type = constructor.ContainingType;
        return constructor.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) switch
        {
            TypeDeclarationSyntax => FindPositional(type, parameter, cancellationToken)
                ?? FindInitialized(type, parameter, cancellationToken)
                ?? FindInBase(type, PrimaryBaseArguments(type, cancellationToken), parameter, depth, cancellationToken),
            ConstructorDeclarationSyntax syntax => FindAssigned(type, syntax, parameter, cancellationToken)
                ?? (syntax.Initializer is { } initializer && initializer.ThisOrBaseKeyword.ValueText == "base"
                    ? FindInBase(type, initializer.ArgumentList, parameter, depth, cancellationToken)
                    : null),
            _ => null,
        };
    }

    /// <summary>The property that a record makes of its parameter.</summary>
    private static string? FindPositional(INamedTypeSymbol type, IParameterSymbol parameter, CancellationToken cancellationToken) =>
        type.GetMembers(parameter.Name).OfType<IPropertySymbol>().Any(property => property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is ParameterSyntax))
            ? parameter.Name
            : null;

    /// <summary>The property that is initialized with the parameter and nothing else.</summary>
    private static string? FindInitialized(INamedTypeSymbol type, IParameterSymbol parameter, CancellationToken cancellationToken) =>
        type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => AutoProperties.Find(property, cancellationToken) is { Initializer.Value: IdentifierNameSyntax name }
            && name.Identifier.ValueText == parameter.Name)?.Name;

    /// <summary>The property to which a constructor's body assigns the parameter, once and for all.</summary>
    private static string? FindAssigned(INamedTypeSymbol type, ConstructorDeclarationSyntax constructor, IParameterSymbol parameter, CancellationToken cancellationToken)
    {
        var body = (SyntaxNode?)constructor.Body ?? constructor.ExpressionBody;
        if (body is null || body.DescendantNodes().Any(node => node is ReturnStatementSyntax || IsChanged(node, parameter.Name)))
        {
            return null;
        }

        foreach (var assignment in Statements(constructor))
        {
            if (assignment.Right is IdentifierNameSyntax right && right.Identifier.ValueText == parameter.Name
                && Target(assignment) is { } name && type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } property
                && AutoProperties.Find(property, cancellationToken) is not null
                && body.DescendantNodes().OfType<AssignmentExpressionSyntax>().Count(other => Target(other) == name) == 1)
            {
                return name;
            }
        }

        return null;
    }

    private static IEnumerable<AssignmentExpressionSyntax> Statements(ConstructorDeclarationSyntax constructor) => constructor.Body is { } body
        ? body.Statements.OfType<ExpressionStatementSyntax>().Select(static statement => statement.Expression).OfType<AssignmentExpressionSyntax>()
        : constructor.ExpressionBody?.Expression is AssignmentExpressionSyntax assignment ? [assignment] : [];

    private static string? Target(AssignmentExpressionSyntax assignment) => assignment.Left switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax name } => name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsChanged(SyntaxNode node, string parameter) => node switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.ValueText == parameter,
        ArgumentSyntax { Expression: IdentifierNameSyntax name } argument => !argument.RefKindKeyword.IsMissing && argument.RefKindKeyword.ValueText.Length > 0 && name.Identifier.ValueText == parameter,
        _ => false,
    };

    private static ArgumentListSyntax? PrimaryBaseArguments(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences
        .Select(reference => (reference.GetSyntax(cancellationToken) as TypeDeclarationSyntax)?.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault()?.ArgumentList)
        .FirstOrDefault(static list => list is not null);

    private static string? FindInBase(INamedTypeSymbol type, ArgumentListSyntax? arguments, IParameterSymbol parameter, int depth, CancellationToken cancellationToken)
    {
        if (arguments is null || type.BaseType is not { } ancestor || depth == MaxDepth
            || arguments.Arguments.Any(static argument => argument.NameColon is not null))
        {
            return null;
        }

        var index = arguments.Arguments.ToList().FindIndex(argument => argument.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == parameter.Name);
        var candidates = ancestor.OriginalDefinition.InstanceConstructors.Where(constructor => constructor.Parameters.Length == arguments.Arguments.Count && !IsCopy(constructor)).ToList();
        return index >= 0 && candidates.Count == 1 ? Find(candidates[0], candidates[0].Parameters[index], depth + 1, cancellationToken) : null;
    }

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);

    /// <summary>Of a compiled record, the properties that it deconstructs into stand first, in order, unless they are written out.</summary>
    private static string? FindInMetadata(IMethodSymbol constructor, IParameterSymbol parameter)
    {
        var type = constructor.ContainingType;
        var isPrimary = type.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(method => method is { IsStatic: false, ReturnsVoid: true }
            && method.Parameters.Select(static p => (p.RefKind, p.Name)).SequenceEqual(constructor.Parameters.Select(static p => (RefKind.Out, p.Name))));
        var properties = type.GetMembers().OfType<IPropertySymbol>().Where(static property => property is { IsStatic: false, Name: not "EqualityContract" }).ToList();
        return isPrimary && properties.Count > parameter.Ordinal && properties[parameter.Ordinal] is { SetMethod: not null } property
            && property.Name == parameter.Name && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type)
            ? property.Name
            : null;
    }
}
