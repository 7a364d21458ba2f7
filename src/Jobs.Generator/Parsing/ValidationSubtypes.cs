using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>
/// The types that a compilation declares, by what they derive from. Built once per compilation, on first use, and kept as long as
/// the compilation: every input of an unsealed type asks for it.
/// </summary>
internal sealed class ValidationSubtypes
{
    private static readonly ConditionalWeakTable<Compilation, ValidationSubtypes> s_ofCompilation = new();

    private readonly Dictionary<ISymbol, List<INamedTypeSymbol>> _byBase = new(SymbolEqualityComparer.Default);

    private ValidationSubtypes(Compilation compilation, CancellationToken cancellationToken) =>
        AddTypesOf(compilation.Assembly.GlobalNamespace, compilation, cancellationToken);

    /// <summary>The derived or implementing types that are declared in the compilation or named by <c>[JsonDerivedType]</c>, most derived first.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Of(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (type.IsSealed || type.IsValueType || type.SpecialType == SpecialType.System_Object)
        {
            return [];
        }

        var found = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var subtypes = s_ofCompilation.GetValue(compilation, c => new ValidationSubtypes(c, cancellationToken));
        if (subtypes._byBase.TryGetValue(type, out var declared))
        {
            found.UnionWith(declared);
        }

        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "JsonDerivedTypeAttribute" } attributeClass
                && FrameworkTypes.IsNamespace(attributeClass.ContainingNamespace, "System.Text.Json.Serialization")
                && attribute.ConstructorArguments.Length > 0
                && attribute.ConstructorArguments[0].Value is INamedTypeSymbol { IsUnboundGenericType: false } derived
                && TypeAccess.IsAccessible(derived, compilation)
                && !SymbolEqualityComparer.Default.Equals(derived, type)
                && compilation.ClassifyCommonConversion(derived, type).IsImplicit)
            {
                found.Add(derived);
            }
        }

        return found.OrderByDescending(Depth).ThenBy(ValidationNames.Key, StringComparer.Ordinal).ToArray();
    }

    private void AddTypesOf(INamespaceOrTypeSymbol container, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceSymbol space)
            {
                cancellationToken.ThrowIfCancellationRequested();
                AddTypesOf(space, compilation, cancellationToken);
            }
            else if (member is INamedTypeSymbol { IsGenericType: false } type)
            {
                Add(type, compilation);
                AddTypesOf(type, compilation, cancellationToken);
            }
        }
    }

    private void Add(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.IsStatic || !TypeAccess.IsAccessible(type, compilation))
        {
            return;
        }

        for (var ancestor = type.BaseType; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            Add(ancestor, type);
        }

        foreach (var contract in type.AllInterfaces)
        {
            Add(contract, type);
        }
    }

    private void Add(INamedTypeSymbol ancestor, INamedTypeSymbol type)
    {
        if (ValidationShapes.IsFrameworkType(ancestor))
        {
            return;
        }

        if (!_byBase.TryGetValue(ancestor, out var types))
        {
            _byBase.Add(ancestor, types = []);
        }

        types.Add(type);
    }

    private static int Depth(INamedTypeSymbol type)
    {
        var depth = 0;
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            depth++;
        }

        return depth;
    }
}
