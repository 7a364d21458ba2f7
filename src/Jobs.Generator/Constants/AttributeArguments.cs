using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>Reads what an attribute is constructed with.</summary>
internal static class AttributeArguments
{
    public static T? Positional<T>(this AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array, Value: T value } ? value : default;

    public static T? Named<T>(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: not TypedConstantKind.Array, Value: T value })
            {
                return value;
            }
        }

        return default;
    }

    public static bool Has(this AttributeData attribute, string name) => attribute.NamedArguments.Any(argument => argument.Key == name && !argument.Value.IsNull);
}
