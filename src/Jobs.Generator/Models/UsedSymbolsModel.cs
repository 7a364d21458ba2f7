namespace Jobs.Generator.Models;

/// <summary>What the compiler would say of emitted code because of the symbols that it names.</summary>
/// <param name="Suppressed">The ids that experimental and obsolete symbols cause and a pragma suppresses.</param>
/// <param name="IsObsoleteError">Using one of them is an error, which no pragma suppresses: only what is obsolete itself may do so.</param>
internal sealed record UsedSymbolsModel(EquatableArray<string> Suppressed, bool IsObsoleteError)
{
    public static UsedSymbolsModel None { get; } = new(EquatableArray<string>.Empty, IsObsoleteError: false);
}
