using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Analyzers;

/// <summary>A job and the names that it claims, declared here or in a referenced assembly.</summary>
internal sealed record JobClaim
{
    /// <summary>Null for a job of a referenced assembly.</summary>
    public required JobDeclaration? Job { get; init; }

    /// <summary>Who claims, as messages show it.</summary>
    public required string Owner { get; init; }

    public required string Name { get; init; }

    public required string ClientName { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required bool IsContract { get; init; }

    public required bool IsContractHandler { get; init; }

    /// <summary>The contract of a handler or the contract itself, where it is known.</summary>
    public INamedTypeSymbol? Contract { get; init; }

    /// <summary>The client here has a property of it.</summary>
    public required bool IsReachable { get; init; }

    public static JobClaim Of(JobDeclaration job) => new()
    {
        Job = job,
        Owner = job.DisplayName,
        Name = job.Identity.Name,
        ClientName = job.Identity.ClientName,
        Aliases = [.. job.Identity.Attribute.Aliases.Concat(job.Attribute.Aliases).Distinct()],
        IsContract = job.IsContract,
        IsContractHandler = job.HasContract,
        Contract = job.IsContract ? job.Type : job.Attribute.Contract,
        IsReachable = true,
    };

    public static JobClaim Of(JobEntryModel entry, string assembly, bool isReachable) => new()
    {
        Job = null,
        Owner = $"{entry.ClientName} of {assembly}",
        Name = entry.Name,
        ClientName = entry.ClientName,
        Aliases = entry.Aliases,
        IsContract = entry.IsContract,
        IsContractHandler = entry.IsContractHandler,
        IsReachable = isReachable,
    };

    /// <summary>The two are one job: a contract and its handler.</summary>
    public bool IsOneJobWith(JobClaim other)
    {
        if (IsContract == other.IsContract || Name != other.Name)
        {
            return false;
        }

        var (contract, handler) = IsContract ? (this, other) : (other, this);
        return handler.IsContractHandler
            && (contract.Contract is null || handler.Contract is null || SymbolEqualityComparer.Default.Equals(contract.Contract, handler.Contract));
    }
}
