using System.Collections.Immutable;
using Jobs.Generator.Emit;
using Jobs.Generator.Models;

namespace Jobs.Generator.Composition;

/// <summary>The projection of an assembly's jobs, and the names that are too alike.</summary>
internal static class OwnJobs
{
    /// <summary>The jobs that can be named at all, ordered by type.</summary>
    public static EquatableArray<OwnJobModel> Order(ImmutableArray<OwnJobModel> jobs, CancellationToken cancellationToken) =>
        jobs.OrderBy(static job => job.TypeName, StringComparer.Ordinal).ToEquatableArray();

    public static OwnJobModel? Project(JobModel job, CancellationToken cancellationToken) => job.Signature is null ? null : new OwnJobModel(job.TypeName, new JobEntryModel
    {
        Name = job.Name,
        ClientName = job.ClientName,
        ClientType = job.Signature.ClientType,
        IsPublic = job.Signature.IsPublic,
        IsContract = job.IsContract,
        IsContractHandler = job is { IsContract: false, ContractType: not null },
        Used = job.Signature.Used,
        Documentation = job.Documentation,
        Aliases = job.Aliases,
    });

    /// <summary>Types whose emitted names would be the same, apart from case: they get a longer name. As a rule there are none, so this never changes.</summary>
    public static EquatableArray<string> FindClashes(ImmutableArray<string> typeNames, CancellationToken cancellationToken) => typeNames
        .GroupBy(JobMemberName.GetPlain, StringComparer.OrdinalIgnoreCase)
        .Where(static group => group.Skip(1).Any())
        .SelectMany(static group => group)
        .OrderBy(static name => name, StringComparer.Ordinal)
        .ToEquatableArray();
}
