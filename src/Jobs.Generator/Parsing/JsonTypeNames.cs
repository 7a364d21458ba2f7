using System.Text;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Names of types in emitted code.</summary>
internal static class JsonTypeNames
{
    /// <summary>The type without what exists for the compiler only: nullable annotations, tuple names, <c>dynamic</c>.</summary>
    public static ITypeSymbol Erase(ITypeSymbol type, Compilation compilation)
    {
        switch (type)
        {
            case IDynamicTypeSymbol:
                return compilation.GetSpecialType(SpecialType.System_Object);
            case IArrayTypeSymbol array:
                return compilation.CreateArrayTypeSymbol(Erase(array.ElementType, compilation), array.Rank);
            case INamedTypeSymbol { IsTupleType: true, TupleElements.Length: > 1 } tuple:
                var elements = tuple.TupleElements.Select(element => Erase(element.Type, compilation));
                return compilation.CreateTupleTypeSymbol([.. elements]);
            case INamedTypeSymbol { IsGenericType: true, IsUnboundGenericType: false } named:
                var definition = named.ConstructedFrom;
                if (named.ContainingType is { IsGenericType: true } containing)
                {
                    var erased = (INamedTypeSymbol)Erase(containing, compilation);
                    definition = erased.GetTypeMembers(named.Name, named.Arity)[0];
                }

                return named.Arity == 0
                    ? definition
                    : definition.Construct([.. named.TypeArguments.Select(argument => Erase(argument, compilation))]);
            default:
                return type.WithNullableAnnotation(NullableAnnotation.None);
        }
    }

    public static string NameOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>A readable stem with a hash, unique even where file names ignore case.</summary>
    public static string IdentifierOf(ITypeSymbol type, string name)
    {
        var text = new StringBuilder();
        AppendReadable(type, text);
        var hash = 2166136261u;
        foreach (var character in name)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return text.Append('_').Append(hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>How deep type arguments are nested; types that contain ever larger versions of themselves have no end.</summary>
    public static int DepthOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + DepthOf(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } named => 1 + named.TypeArguments.Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static void AppendReadable(ITypeSymbol type, StringBuilder text)
    {
        if (type is IArrayTypeSymbol array)
        {
            text.Append("ArrayOf");
            AppendReadable(array.ElementType, text);
            return;
        }

        foreach (var character in type.Name)
        {
            // Longer names serve nobody, and file systems have limits.
            if (text.Length < 80 && character < 128 && char.IsLetterOrDigit(character))
            {
                text.Append(character);
            }
        }

        if (type is INamedTypeSymbol { TypeArguments.Length: > 0 } named)
        {
            text.Append("Of");
            foreach (var argument in named.TypeArguments)
            {
                AppendReadable(argument, text);
            }
        }

        if (text.Length == 0 || char.IsDigit(text[0]))
        {
            text.Insert(0, "Type");
        }
    }
}
