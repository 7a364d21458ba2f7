namespace Jobs.Generator.Models;

/// <summary>How an object of simple shape is made directly from its members' values, <c>member0</c> and so on.</summary>
internal sealed record JsonShortcutModel
{
    /// <summary>An expression for the object.</summary>
    public required string Creation { get; init; }

    /// <summary>The members that are set after that, by their indexes.</summary>
    public EquatableArray<int> Assigned { get; init; }

    /// <summary>The members that are text and may be null in JSON, by their indexes.</summary>
    public EquatableArray<int> Optional { get; init; }
}
