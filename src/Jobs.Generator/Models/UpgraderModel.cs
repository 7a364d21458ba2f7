namespace Jobs.Generator.Models;

/// <summary>A class that upgrades one type of input to another.</summary>
internal sealed record UpgraderModel
{
    /// <summary>The class, qualified.</summary>
    public required string Type { get; init; }

    /// <summary>The constructor's arguments, in order.</summary>
    public required EquatableArray<ServiceModel> Services { get; init; }

    public required TypeNameModel Old { get; init; }

    public required TypeNameModel New { get; init; }

    /// <summary>What its call names.</summary>
    public required UsedSymbolsModel Used { get; init; }

    /// <summary>Every type that needs serialization metadata for the old form.</summary>
    public required EquatableArray<JsonTypeModel> JsonTypes { get; init; }
}
