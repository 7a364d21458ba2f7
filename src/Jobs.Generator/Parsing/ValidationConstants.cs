using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Parsing;

/// <summary>Attributes as C# expressions that construct them again.</summary>
internal static class ValidationConstants
{
    /// <summary>The arguments of a constructor call, followed by an initializer where there is one.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="more">A further argument of the constructor that takes the attribute's place.</param>
    public static string Arguments(AttributeData attribute, string? more = null)
    {
        var parameters = attribute.AttributeConstructor!.Parameters;
        var arguments = attribute.ConstructorArguments.Select((argument, i) => Expression(argument, parameters[i].Type));
        arguments = more is null ? arguments : arguments.Append(more);
        return $"({string.Join(", ", arguments)}){Initializer(attribute)}";
    }

    /// <summary>The object initializer with the attribute's named arguments, or nothing.</summary>
    public static string Initializer(AttributeData attribute)
    {
        var assignments = attribute.NamedArguments
            .Select(named => $"{ValidationNames.EscapeKeyword(named.Key)} = {Expression(named.Value, named.Value.Type)}");
        return attribute.NamedArguments.Length == 0 ? "" : $" {{ {string.Join(", ", assignments)} }}";
    }

    /// <summary>All types that the arguments name.</summary>
    public static IEnumerable<ITypeSymbol> NamedTypes(AttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.Value)).SelectMany(NamedTypes);

    private static IEnumerable<ITypeSymbol> NamedTypes(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Type when constant.Value is ITypeSymbol type => [type],
        TypedConstantKind.Enum => [constant.Type!],
        TypedConstantKind.Array when !constant.IsNull => constant.Values.SelectMany(NamedTypes),
        _ => [],
    };

    private static string Expression(TypedConstant constant, ITypeSymbol? type)
    {
        if (constant.IsNull)
        {
            // The cast keeps overload resolution from finding null ambiguous.
            return type is null ? "null" : $"({ValidationNames.CSharpName(type)}?)null";
        }

        return constant.Kind switch
        {
            TypedConstantKind.Type => $"typeof({TypeOf((ITypeSymbol)constant.Value!)})",
            TypedConstantKind.Array => Array(constant, ((IArrayTypeSymbol)constant.Type!).ElementType),
            TypedConstantKind.Enum => $"({ValidationNames.CSharpName(constant.Type!)})({Primitive(constant.Value!)})",
            _ => Primitive(constant.Value!),
        };
    }

    private static string Array(TypedConstant constant, ITypeSymbol elementType)
    {
        var elements = string.Join(", ", constant.Values.Select(value => Expression(value, elementType)));
        var mark = elementType.IsReferenceType && constant.Values.Any(value => value.IsNull) ? "?" : "";
        return elements.Length == 0
            ? $"new {ValidationNames.CSharpName(elementType)}[0]"
            : $"new {ValidationNames.CSharpName(elementType)}{mark}[] {{ {elements} }}{(mark.Length > 0 ? "!" : "")}";
    }

    private static string TypeOf(ITypeSymbol type) => type is INamedTypeSymbol { IsUnboundGenericType: true }
        ? type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
        : ValidationNames.CSharpName(type);

    /// <summary>A literal that has exactly the value's type.</summary>
    public static string Primitive(object value) => value switch
    {
        string text => ValidationNames.Literal(text),
        char c => SymbolDisplay.FormatLiteral(c, quote: true),
        bool b => b ? "true" : "false",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double d => d.ToString("R", CultureInfo.InvariantCulture) + "D",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        float f => f.ToString("R", CultureInfo.InvariantCulture) + "F",
        int.MinValue => "int.MinValue",
        long.MinValue => "long.MinValue",
        int i => i.ToString(CultureInfo.InvariantCulture),
        long l => l.ToString(CultureInfo.InvariantCulture) + "L",
        uint u => u.ToString(CultureInfo.InvariantCulture) + "U",
        ulong u => u.ToString(CultureInfo.InvariantCulture) + "UL",
        byte b => $"(byte){b.ToString(CultureInfo.InvariantCulture)}",
        sbyte b => $"(sbyte)({b.ToString(CultureInfo.InvariantCulture)})",
        short s => $"(short)({s.ToString(CultureInfo.InvariantCulture)})",
        ushort s => $"(ushort){s.ToString(CultureInfo.InvariantCulture)}",
        _ => throw new InvalidOperationException($"An attribute's argument cannot be a {value.GetType()}."),
    };
}
