namespace Jobs.Generator.Models;

/// <summary>What the index of all metadata needs of one type.</summary>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="Identifier">The stem of the emitted members' names.</param>
/// <param name="SuppressedDiagnostics">Diagnostics that naming the type would cause.</param>
/// <param name="HasShortcut">Whether it is read and written directly when nothing is unusual.</param>
internal sealed record JsonTypeEntry(string TypeName, string Identifier, EquatableArray<string> SuppressedDiagnostics, bool HasShortcut);
