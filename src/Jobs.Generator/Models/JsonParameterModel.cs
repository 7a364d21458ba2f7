namespace Jobs.Generator.Models;

/// <summary>A parameter of the constructor that reading calls.</summary>
internal sealed record JsonParameterModel
{
    public required string Name { get; init; }

    public required string TypeName { get; init; }

    /// <summary>An expression; null without a default value.</summary>
    public string? DefaultValue { get; init; }

    public bool IsNullable { get; init; }
}
