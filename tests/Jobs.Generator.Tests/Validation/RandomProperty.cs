namespace Jobs.Generator.Tests.Validation;

/// <summary>A property that was made up.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, without a question mark for itself.</param>
/// <param name="IsReference">Whether the type is a reference type.</param>
/// <param name="IsNullable">Whether it is declared with a question mark.</param>
/// <param name="Attributes">Its attributes, without brackets.</param>
internal sealed record RandomProperty(string Name, string Type, bool IsReference, bool IsNullable, IReadOnlyList<string> Attributes)
{
    private string Declared => IsNullable ? Type + "?" : Type;

    public string AsProperty => $"{Bracketed(Attributes, "")}public {Declared} {Name} {{ get; set; }} = default!;";

    public string AsParameter =>
        Bracketed(Attributes.Where((a, i) => !IsOnProperty(a, i)), "") + Bracketed(Attributes.Where(IsOnProperty), "property: ") + $"{Declared} {Name}";

    public string AsTwin
    {
        get
        {
            var isRequired = IsReference && !IsNullable && !Attributes.Any(a => a.StartsWith("Required", StringComparison.Ordinal));
            return Bracketed(isRequired ? [.. Attributes, "Required(AllowEmptyStrings = true)"] : Attributes, "") + $"public {Declared} {Name} {{ get; set; }}";
        }
    }

    // These may not be put on parameters. Of two Twice the last one counts, so they stay together.
    private static bool IsOnProperty(string attribute, int index) =>
        attribute.StartsWith("Compare", StringComparison.Ordinal) || attribute.StartsWith("DisplayName", StringComparison.Ordinal)
        || (index == 2 && !attribute.StartsWith("Support.Twice", StringComparison.Ordinal));

    private static string Bracketed(IEnumerable<string> attributes, string target) => string.Concat(attributes.Select(a => $"[{target}{a}] "));
}
