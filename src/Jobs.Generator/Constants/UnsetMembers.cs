using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Constants;

/// <summary>The values of properties that a construction does not mention.</summary>
internal static class UnsetMembers
{
    /// <summary>The default of the property's type, when nothing else can have given it a value; null when that cannot be told.</summary>
    /// <param name="construction">The construction, which does not mention the property.</param>
    /// <param name="property">The property.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static ConstantScalar? Evaluate(InputConstruction construction, IPropertySymbol property, CancellationToken cancellationToken)
    {
        var type = construction.Type;
        if (construction.IsDefault)
        {
            return type.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)) ? Default(property.Type) : null;
        }

        if (property.IsRequired || AutoProperties.Find(property, cancellationToken) is not { Initializer: null } || IsMentioned(type, property, cancellationToken))
        {
            return null;
        }

        return Default(property.Type);
    }

    private static ConstantScalar? Default(ITypeSymbol type) => Parsing.ValidationShapes.CanBeNull(type) ? ConstantValue.Null : Zero(type);

    /// <summary>Whether a constructor may set the property.</summary>
    public static bool IsMentioned(INamedTypeSymbol type, IPropertySymbol property, CancellationToken cancellationToken)
    {
        for (var level = type.OriginalDefinition; level is { SpecialType: SpecialType.None }; level = level.BaseType?.OriginalDefinition)
        {
            foreach (var constructor in level.InstanceConstructors)
            {
                if (constructor is { IsImplicitlyDeclared: false } && !IsSilentAbout(constructor, property.Name, cancellationToken))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsSilentAbout(IMethodSymbol constructor, string name, CancellationToken cancellationToken) =>
        constructor.DeclaringSyntaxReferences.Length > 0
        && constructor.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) switch
        {
            TypeDeclarationSyntax type => !type.ParameterList?.Parameters.Any(parameter => parameter.Identifier.ValueText == name) ?? true,
            ConstructorDeclarationSyntax syntax => !Calls(syntax) && !syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name),
            _ => false,
        };

    /// <summary>A method that the constructor calls could set anything.</summary>
    private static bool Calls(ConstructorDeclarationSyntax constructor) =>
        constructor.DescendantNodes().Any(static node => node is InvocationExpressionSyntax or ThisExpressionSyntax);

    private static ConstantScalar? Zero(ITypeSymbol type)
    {
        var number = type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType ? enumType.EnumUnderlyingType! : type;
        object? zero = number.SpecialType switch
        {
            SpecialType.System_Boolean => false,
            SpecialType.System_Char => '\0',
            SpecialType.System_SByte => (sbyte)0,
            SpecialType.System_Byte => (byte)0,
            SpecialType.System_Int16 => (short)0,
            SpecialType.System_UInt16 => (ushort)0,
            SpecialType.System_Int32 => 0,
            SpecialType.System_UInt32 => 0u,
            SpecialType.System_Int64 => 0L,
            SpecialType.System_UInt64 => 0ul,
            SpecialType.System_Single => 0f,
            SpecialType.System_Double => 0d,
            SpecialType.System_Decimal => 0m,
            _ => null,
        };
        return zero is null ? null : new ConstantScalar(zero, type);
    }
}
