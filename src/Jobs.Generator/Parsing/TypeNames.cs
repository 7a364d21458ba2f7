using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Types as emitted code writes them.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat _qualified = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat _readable = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Qualified with <c>global::</c>, escaped, with nullable annotations.</summary>
    public static string GetQualified(ITypeSymbol type) => type.ToDisplayString(_qualified);

    /// <summary>The same without an annotation at the top.</summary>
    public static string GetUnannotated(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Dynamic ? "object" : GetQualified(type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.None) : type);

    /// <summary>Namespaces and names, for people and for ordering.</summary>
    public static string GetReadable(ITypeSymbol type) => type.ToDisplayString(_readable);

    public static TypeNameModel ToModel(ITypeSymbol type) => new(
        GetQualified(type),
        GetUnannotated(type),
        type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T);
}
