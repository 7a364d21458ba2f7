using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Chooses a handler's constructor and says where its arguments come from.</summary>
internal static class ConstructorParser
{
    /// <summary>The arguments of the chosen constructor of a class without a problem.</summary>
    public static EquatableArray<ServiceModel> Parse(INamedTypeSymbol type, Compilation compilation) =>
        Choose(type, compilation)!.Parameters.Where(static parameter => !parameter.IsParams).Select(ParseParameter).ToEquatableArray();

    /// <summary>Why emitted code cannot call a constructor.</summary>
    public static HandlerProblem FindProblem(INamedTypeSymbol type, Compilation compilation)
    {
        if (Choose(type, compilation) is not { } constructor)
        {
            return HandlerProblem.NoConstructor;
        }

        if (FindUnresolvable(constructor, compilation) is not null)
        {
            return HandlerProblem.Parameter;
        }

        return HasRequiredMembers(type) && !constructor.GetAttributes().Any(static attribute => FrameworkTypes.IsSetsRequiredMembers(attribute.AttributeClass))
            ? HandlerProblem.RequiredMembers
            : HandlerProblem.None;
    }

    /// <summary>The marked one; else a public one before an internal one, then the one with most parameters.</summary>
    public static IMethodSymbol? Choose(INamedTypeSymbol type, Compilation compilation) => type.InstanceConstructors
        .Where(constructor => TypeAccess.IsAccessible(constructor, compilation))
        .OrderByDescending(static constructor => constructor.GetAttributes().Any(static attribute => FrameworkTypes.IsConstructorChoice(attribute.AttributeClass)))
        .ThenByDescending(static constructor => constructor.DeclaredAccessibility == Accessibility.Public)
        .ThenByDescending(static constructor => constructor.Parameters.Length)
        .FirstOrDefault();

    /// <summary>The first parameter that cannot be a service.</summary>
    public static IParameterSymbol? FindUnresolvable(IMethodSymbol constructor, Compilation compilation) =>
        constructor.Parameters.FirstOrDefault(parameter => !CanBeResolved(parameter, compilation));

    private static bool CanBeResolved(IParameterSymbol parameter, Compilation compilation) =>
        parameter.RefKind is not (RefKind.Ref or RefKind.Out) && !parameter.Type.IsRefLikeType && TypeAccess.CanBeNamed(parameter.Type, compilation);

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers().Any(static member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return true;
            }
        }

        return false;
    }

    private static ServiceModel ParseParameter(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        if (FrameworkTypes.IsServiceProvider(type))
        {
            return new ServiceModel(TypeNames.GetUnannotated(type), ServiceKind.Provider);
        }

        var key = GetKey(parameter);
        var isNullableValue = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        if (!isNullableValue && type.NullableAnnotation != NullableAnnotation.Annotated && !parameter.HasExplicitDefaultValue)
        {
            return new ServiceModel(TypeNames.GetQualified(type), ServiceKind.Required, key);
        }

        var service = isNullableValue ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        return service.IsReferenceType
            ? new ServiceModel(TypeNames.GetUnannotated(service), ServiceKind.OptionalReference, key, GetReferenceFallback(parameter))
            : new ServiceModel(TypeNames.GetUnannotated(service), ServiceKind.OptionalValue, key, GetValueFallback(parameter));
    }

    private static string? GetKey(IParameterSymbol parameter)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            if (FrameworkTypes.IsFromKeyedServices(attribute.AttributeClass) && attribute.ConstructorArguments.FirstOrDefault() is { Kind: not TypedConstantKind.Error, IsNull: false } key)
            {
                return Literals.Format(key);
            }
        }

        return null;
    }

    private static string? GetReferenceFallback(IParameterSymbol parameter)
    {
        if (parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: { } value })
        {
            return Literals.Format(value, parameter.Type);
        }

        // A parameter such as "IClock clock = null" is not annotated; the warning about it is the declaration's, not ours.
        return parameter.Type.NullableAnnotation == NullableAnnotation.Annotated ? null : "null!";
    }

    private static string GetValueFallback(IParameterSymbol parameter) => parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: { } value }
        ? Literals.Format(value, parameter.Type)
        : $"default({TypeNames.GetQualified(parameter.Type)})";
}
