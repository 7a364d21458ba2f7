namespace Jobs.Generator.Tests.Validation;

/// <summary>A type that was made up.</summary>
internal sealed record RandomType(string Name, RandomTypeKind Kind, string? Base, IReadOnlyList<RandomProperty> Properties, string Attributes, string? Validate)
{
    /// <summary>The type as an application might write it: attributes on parameters of records, on properties of classes.</summary>
    public string Source => Kind switch
    {
        RandomTypeKind.Class => Class($"public class {Name}{Bases}", Properties.Select(p => p.AsProperty)),
        RandomTypeKind.Record => Record("public sealed record"),
        _ => Record("public readonly record struct"),
    };

    /// <summary>The type with the same attributes on properties, and with a Required for what its declaration does not allow to be null.</summary>
    public string Twin => Kind == RandomTypeKind.Struct
        ? Class($"public struct {Name}{Bases}", Properties.Select(p => p.AsTwin))
        : Class($"public class {Name}{Bases}", Properties.Select(p => p.AsTwin));

    private string Bases
    {
        get
        {
            var bases = string.Join(", ", new[] { Base, Validate is null ? null : "IValidatableObject" }.Where(b => b is not null));
            return bases.Length == 0 ? "" : " : " + bases;
        }
    }

    private string Class(string declaration, IEnumerable<string> properties) =>
        $"{Attributes}{declaration}\n{{\n{string.Concat(properties.Select(p => "    " + p + "\n"))}{Validate}}}\n";

    private string Record(string declaration) =>
        $"{Attributes}{declaration} {Name}({string.Join(", ", Properties.Select(p => p.AsParameter))}){Bases}\n{{\n{Validate}}}\n";
}
