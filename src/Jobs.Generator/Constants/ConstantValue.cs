namespace Jobs.Generator.Constants;

/// <summary>What is known of a value before the program runs. Nothing known is <see langword="null"/>.</summary>
internal abstract class ConstantValue
{
    public static ConstantScalar Null { get; } = new(null, null);
}
