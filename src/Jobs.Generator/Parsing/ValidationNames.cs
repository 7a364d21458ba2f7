using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Parsing;

/// <summary>How types are called in emitted validators.</summary>
internal static class ValidationNames
{
    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The type in C#, without a question mark for a reference itself.</summary>
    public static string CSharpName(ITypeSymbol type) =>
        (type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.None) : type).ToDisplayString(s_format);

    /// <summary>
    /// Tells types apart that are checked differently: the same generic type with elements that may be null, may not be null, or
    /// come from code that does not say.
    /// </summary>
    public static string Key(ITypeSymbol type)
    {
        var key = new StringBuilder(128);
        AppendKey(key, type);
        return key.ToString();
    }

    /// <summary>A method name's suffix: the full name, with a hash where the name alone would be ambiguous.</summary>
    public static string Identifier(string key)
    {
        var name = new StringBuilder(key.Length);
        var isUnambiguous = true;
        foreach (var c in key)
        {
            if (char.IsLetterOrDigit(c))
            {
                name.Append(c);
                continue;
            }

            isUnambiguous &= c == '.';
            if (name.Length > 0 && name[name.Length - 1] != '_')
            {
                name.Append('_');
            }
        }

        return isUnambiguous ? name.ToString() : $"{name.ToString().TrimEnd('_')}_{Hash(key)}";
    }

    /// <summary>What <see cref="Type"/> gives as the type's name.</summary>
    public static string RuntimeName(ITypeSymbol type) =>
        type is IArrayTypeSymbol array ? $"{RuntimeName(array.ElementType)}[{new string(',', array.Rank - 1)}]" : type.MetadataName;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string EscapeKeyword(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private static void AppendKey(StringBuilder key, ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AppendArgument(key, array.ElementType, array.ElementNullableAnnotation);
                key.Append('[').Append(',', array.Rank - 1).Append(']');
                return;
            case INamedTypeSymbol named:
                if (named.ContainingType is { } outer)
                {
                    AppendKey(key, outer);
                    key.Append('+');
                }
                else if (!named.ContainingNamespace.IsGlobalNamespace)
                {
                    key.Append(named.ContainingNamespace.ToDisplayString()).Append('.');
                }

                key.Append(named.MetadataName);
                for (var i = 0; i < named.TypeArguments.Length; i++)
                {
                    key.Append(i == 0 ? '<' : ',');
                    AppendArgument(key, named.TypeArguments[i], named.TypeArgumentNullableAnnotations[i]);
                }

                key.Append(named.TypeArguments.Length > 0 ? ">" : "");
                return;
            default:
                key.Append(type.ToDisplayString(s_format));
                return;
        }
    }

    private static void AppendArgument(StringBuilder key, ITypeSymbol type, NullableAnnotation annotation)
    {
        AppendKey(key, type);
        if (type.IsReferenceType)
        {
            key.Append(annotation switch { NullableAnnotation.Annotated => "?", NullableAnnotation.NotAnnotated => "!", _ => "" });
        }
    }

    // FNV-1a: stable over runs and machines, unlike string.GetHashCode.
    private static string Hash(string text)
    {
        var hash = 2166136261;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
