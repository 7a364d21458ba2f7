namespace Jobs.Generator.Models;

/// <summary>A type as emitted code writes it.</summary>
/// <param name="Name">Qualified, with nullable annotations.</param>
/// <param name="TypeOf">The same without an annotation at the top, as <c>typeof</c> wants it.</param>
/// <param name="IsNullable">Null is one of its values.</param>
internal sealed record TypeNameModel(string Name, string TypeOf, bool IsNullable);
