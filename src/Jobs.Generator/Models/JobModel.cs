namespace Jobs.Generator.Models;

/// <summary>One <c>[Job]</c> class or interface, with all that is emitted for it.</summary>
internal sealed record JobModel
{
    /// <summary>The declaring type without <c>global::</c>; also the order of everything that is emitted.</summary>
    public required string TypeName { get; init; }

    /// <summary>The stored name.</summary>
    public required string Name { get; init; }

    /// <summary>The property on the client.</summary>
    public required string ClientName { get; init; }

    public required string? Description { get; init; }

    public required EquatableArray<string> Aliases { get; init; }

    /// <summary>What the attribute sets, ready for an object initializer.</summary>
    public required EquatableArray<JobSettingModel> Settings { get; init; }

    /// <summary>What the job's own file names.</summary>
    public required UsedSymbolsModel Used { get; init; }

    /// <summary>The documentation of the client's property: XML without the enclosing tags.</summary>
    public required string Documentation { get; init; }

    /// <summary>Null when the mistakes in the declaration leave nothing to call the job by, or types that emitted code cannot name.</summary>
    public required JobSignatureModel? Signature { get; init; }

    /// <summary>Null for a contract, and for a handler that cannot be built or called.</summary>
    public required HandlerModel? Handler { get; init; }

    /// <summary>The contract: this type itself, or the one that the handler names.</summary>
    public required string? ContractType { get; init; }

    /// <summary>This type is the contract.</summary>
    public required bool IsContract { get; init; }

    /// <summary>A hand-written serializer context in place of generated metadata.</summary>
    public required string? JsonContext { get; init; }

    /// <summary>The schedules that are declared with the handler.</summary>
    public required EquatableArray<ScheduleModel> Schedules { get; init; }

    /// <summary>Every type that needs serialization metadata for this job.</summary>
    public required EquatableArray<JsonTypeModel> JsonTypes { get; init; }

    /// <summary>Every type that is checked with an input, the input's own first; empty when there is nothing to check.</summary>
    public required EquatableArray<ValidatedTypeModel> ValidatedTypes { get; init; }

    /// <summary>Whether an attribute was told the line that it stands on, which anything above it can change.</summary>
    public bool DependsOnLines => ValidatedTypes.Any(static type => type.DependsOnLines);
}
