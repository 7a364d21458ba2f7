namespace Jobs.Generator.Models;

/// <summary>
/// What one attribute asks for. Expressions contain placeholders: <see cref="Value"/> for the value that is checked and
/// <see cref="Owner"/> for the object that has it.
/// </summary>
internal sealed record ValidationRuleModel
{
    public const string Value = "\u0001";
    public const string Owner = "\u0002";
    public const string Context = "\u0003";

    /// <summary>The rule's name in errors.</summary>
    public required string Name { get; init; }

    /// <summary>The attribute's shared instance, which words the message.</summary>
    public required string Attribute { get; init; }

    /// <summary>True when the rule is broken; null when <see cref="Result"/> decides.</summary>
    public string? IsBroken { get; init; }

    /// <summary>A ValidationResult, null for success.</summary>
    public string? Result { get; init; }
}
