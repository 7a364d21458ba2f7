using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>
/// Whether a member refuses null, as the reflection serializer sees it: by the declaration. What a generic type's arguments are
/// annotated with does not exist at run time, so <c>T</c> counts as its constraints say.
/// </summary>
internal static class JsonNullability
{
    private const string CodeAnalysis = "System.Diagnostics.CodeAnalysis";

    public static bool Refuses(IParameterSymbol parameter)
    {
        var definition = parameter.OriginalDefinition;
        return !CanBeNull(parameter.Type)
            || Has(definition, "DisallowNullAttribute")
            || (IsNotNull(definition.Type) && !Has(definition, "AllowNullAttribute"));
    }

    public static bool RefusesWhenWritten(ISymbol member, ITypeSymbol type)
    {
        var definition = member.OriginalDefinition;
        var getter = (definition as IPropertySymbol)?.GetMethod;
        if (!CanBeNull(type) || (definition is IPropertySymbol && getter is null))
        {
            return false;
        }

        bool HasOnGetter(string name) =>
            Has(definition, name) || (getter is not null && JsonAttributes.Find(getter.GetReturnTypeAttributes(), CodeAnalysis, name) is not null);
        return HasOnGetter("NotNullAttribute") || (IsNotNull(TypeOf(definition)) && !HasOnGetter("MaybeNullAttribute"));
    }

    public static bool RefusesWhenRead(ISymbol member, ITypeSymbol type)
    {
        var definition = member.OriginalDefinition;
        var setter = (definition as IPropertySymbol)?.SetMethod;
        if (!CanBeNull(type) || (definition is IPropertySymbol && setter is null))
        {
            return false;
        }

        bool HasOnSetter(string name) => Has(definition, name) || (setter is not null && Has(setter.Parameters[0], name));
        return HasOnSetter("DisallowNullAttribute") || (IsNotNull(TypeOf(definition)) && !HasOnSetter("AllowNullAttribute"));
    }

    private static bool IsNotNull(ITypeSymbol type)
    {
        if (type is not ITypeParameterSymbol parameter)
        {
            return type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.NotAnnotated;
        }

        // Constraints to types say as much to the compiler, but not to reflection.
        return parameter.NullableAnnotation != NullableAnnotation.Annotated
            && (parameter.HasNotNullConstraint
                || (parameter.HasReferenceTypeConstraint && parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.NotAnnotated));
    }

    private static bool CanBeNull(ITypeSymbol type) =>
        !type.IsValueType || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    private static bool Has(ISymbol symbol, string name) => JsonAttributes.Find(symbol, CodeAnalysis, name) is not null;
}
