using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>Null, a text, a number, a truth value, a character or an enum's value.</summary>
/// <param name="value">As it would be boxed at run time; of an enum, the number.</param>
/// <param name="type">Its type; null for null.</param>
internal sealed class ConstantScalar(object? value, ITypeSymbol? type) : ConstantValue
{
    public object? Value => value;

    /// <summary>The enum that the number is a value of.</summary>
    public INamedTypeSymbol? Enum => type is INamedTypeSymbol { TypeKind: TypeKind.Enum } named ? named : null;

    /// <summary>Equality as <see cref="object.Equals(object, object)"/> would see it: of one type and the same.</summary>
    public bool IsSame(ConstantScalar other) =>
        Equals(value, other.Value) && SymbolEqualityComparer.Default.Equals(Enum, other.Enum);
}
