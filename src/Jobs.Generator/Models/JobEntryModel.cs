namespace Jobs.Generator.Models;

/// <summary>What other assemblies, and the client, need to know of a job.</summary>
internal sealed record JobEntryModel
{
    public required string Name { get; init; }

    public required string ClientName { get; init; }

    /// <summary>The client interface, qualified.</summary>
    public required string ClientType { get; init; }

    /// <summary>Everyone can name the client's types.</summary>
    public required bool IsPublic { get; init; }

    public required bool IsContract { get; init; }

    /// <summary>A handler whose contract is declared elsewhere; the contract's entry gives the client.</summary>
    public required bool IsContractHandler { get; init; }

    /// <summary>What naming the client's types means.</summary>
    public required UsedSymbolsModel Used { get; init; }

    public required string Documentation { get; init; }

    public required EquatableArray<string> Aliases { get; init; }
}
