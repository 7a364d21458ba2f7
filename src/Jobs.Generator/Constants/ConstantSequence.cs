namespace Jobs.Generator.Constants;

/// <summary>A collection that is written out where it is used.</summary>
/// <param name="count">The number of elements, when it is known.</param>
/// <param name="elements">The first elements; what is not known of one is null.</param>
internal sealed class ConstantSequence(int? count, IReadOnlyList<ConstantElement> elements) : ConstantValue
{
    public static ConstantSequence Empty { get; } = new(0, []);

    public int? Count => count;

    public IReadOnlyList<ConstantElement> Elements => elements;
}
