using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Parsing;

/// <summary>
/// A property as the framework's validator sees it: the most derived declaration gives the value, and all declarations of the name
/// up the hierarchy give attributes. Parameters of record constructors count as declarations.
/// </summary>
internal sealed class ValidationMember(IPropertySymbol property)
{
    private readonly List<ISymbol> _declarations = [];

    public IPropertySymbol Property => property;

    /// <summary>The declarations, base first.</summary>
    public IReadOnlyList<ISymbol> Declarations => _declarations;

    /// <summary>Whether the value travels with the input; a computed one is only asked when an attribute wants to know.</summary>
    public bool IsData { get; private set; }

    /// <summary>Whether null is an error because the declaration does not allow it.</summary>
    public bool IsNonNullable =>
        IsData && property.Type.IsReferenceType && property.NullableAnnotation == NullableAnnotation.NotAnnotated
        && !_declarations.Any(declaration => declaration.GetAttributes().Any(a => a.AttributeClass?.Name == "MaybeNullAttribute"));

    /// <summary>The members of an object, base types first, in order of declaration.</summary>
    public static IReadOnlyList<ValidationMember> Of(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var levels = Levels(type);
        var byName = new Dictionary<string, ValidationMember>(StringComparer.Ordinal);
        var names = new List<string>();
        for (var i = levels.Count - 1; i >= 0; i--)
        {
            foreach (var property in levels[i].GetMembers().OfType<IPropertySymbol>().Where(p => IsReadable(p, compilation)))
            {
                names.Remove(property.Name);
                names.Add(property.Name);
                var member = new ValidationMember(property);
                if (byName.TryGetValue(property.Name, out var hidden))
                {
                    member._declarations.AddRange(hidden._declarations);
                    member.IsData = hidden.IsData && property.IsOverride;
                }

                member._declarations.Add(property);
                member.IsData |= HasSetterOrField(property);
                byName[property.Name] = member;
            }
        }

        for (var i = levels.Count - 1; i >= 0; i--)
        {
            foreach (var parameter in PrimaryParameters(levels[i], cancellationToken))
            {
                if (byName.TryGetValue(parameter.Name, out var member) && SymbolEqualityComparer.Default.Equals(member.Property.Type, parameter.Type))
                {
                    // Before the property, whose own attribute of the same kind then wins.
                    member._declarations.Insert(0, parameter);
                }
            }
        }

        foreach (var member in byName.Values)
        {
            member.IsData = (member.IsData || IsConstructorArgument(type, member.Property)) && !member._declarations.Any(IsIgnoredByJson);
        }

        return names.Select(name => byName[name]).ToArray();
    }

    private static List<INamedTypeSymbol> Levels(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
        {
            return [type, .. type.AllInterfaces];
        }

        var levels = new List<INamedTypeSymbol>();
        for (var level = type; level is { SpecialType: SpecialType.None }; level = level.BaseType)
        {
            levels.Add(level);
        }

        return levels;
    }

    private static bool IsReadable(IPropertySymbol property, Compilation compilation) =>
        property is { IsStatic: false, IsIndexer: false, ReturnsByRef: false, ReturnsByRefReadonly: false, DeclaredAccessibility: Accessibility.Public }
        && property.ExplicitInterfaceImplementations.IsEmpty
        && property.Type is { IsRefLikeType: false, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error) }
        && ReadAccessor(property) is { DeclaredAccessibility: Accessibility.Public }
        && TypeAccess.IsAccessible(property.Type, compilation)
        && !property.GetAttributes().Any(IsObsoleteError);

    private static IMethodSymbol? ReadAccessor(IPropertySymbol? property)
    {
        // An override may have the setter only.
        while (property is { GetMethod: null })
        {
            property = property.OverriddenProperty;
        }

        return property?.GetMethod;
    }

    private static bool HasSetterOrField(IPropertySymbol property) =>
        property.SetMethod is not null
        || property.ContainingType.TypeKind == TypeKind.Interface
        || property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsConstructorArgument(INamedTypeSymbol type, IPropertySymbol property) =>
        type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter =>
            string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type)));

    /// <summary>The parameters of a record's primary constructor; of a compiled record's, the ones that it deconstructs into.</summary>
    private static ImmutableArray<IParameterSymbol> PrimaryParameters(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var constructor in type.InstanceConstructors)
        {
            var isPrimary = constructor.DeclaringSyntaxReferences.Length > 0
                ? constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is RecordDeclarationSyntax)
                : constructor.Parameters.Length > 0 && type.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(method => IsDeconstructInto(method, constructor));
            if (isPrimary)
            {
                return constructor.Parameters;
            }
        }

        return [];
    }

    private static bool IsDeconstructInto(IMethodSymbol method, IMethodSymbol constructor) =>
        method is { IsStatic: false, ReturnsVoid: true } && method.Parameters.Length == constructor.Parameters.Length
        && method.Parameters.Zip(constructor.Parameters, (o, p) =>
            o.RefKind == RefKind.Out && o.Name == p.Name && SymbolEqualityComparer.Default.Equals(o.Type, p.Type)).All(same => same);

    private static bool IsIgnoredByJson(ISymbol declaration) => declaration.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "JsonIgnoreAttribute" } attributeClass
        && FrameworkTypes.IsNamespace(attributeClass.ContainingNamespace, "System.Text.Json.Serialization")
        && !attribute.NamedArguments.Any(named => named.Key == "Condition" && named.Value.Value is not 1));

    private static bool IsObsoleteError(AttributeData attribute) =>
        attribute.AttributeClass is { } type && JsonAttributes.IsNamed(type, "System", "ObsoleteAttribute") && attribute.ConstructorArguments.Any(argument => argument.Value is true);
}
