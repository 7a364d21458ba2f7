using System.Collections.Immutable;
using Jobs.Generator.Models;
using Jobs.Generator.Parsing;

namespace Jobs.Generator.Composition;

/// <summary>Puts the client of an assembly together from its own jobs and those of its references.</summary>
internal static class ClientComposer
{
    public static ClientModel Compose(AssemblyModel assembly, EquatableArray<OwnJobModel> own, EquatableArray<ReferencedAssemblyModel> references)
    {
        var candidates = own.Select(static job => job.Entry).Concat(references.SelectMany(reference => GetReachable(reference, assembly))).ToList();
        var contracts = new HashSet<string>(candidates.Where(static entry => entry.IsContract).Select(static entry => entry.Name), StringComparer.Ordinal);

        // Own jobs come before referenced ones: whoever declares a job in the application means that one.
        var taken = new HashSet<string>(StringComparer.Ordinal) { assembly.ClientName, assembly.NamesName };
        return new ClientModel(candidates
            .Where(entry => !(entry.IsContractHandler && contracts.Contains(entry.Name)))
            .Where(entry => JobNaming.CanBeProperty(entry.ClientName) && taken.Add(entry.ClientName))
            .OrderBy(static entry => entry.ClientName, StringComparer.Ordinal)
            .ToEquatableArray());
    }

    /// <summary>In a fixed order, whatever the order of the references.</summary>
    public static EquatableArray<ReferencedAssemblyModel> Order(ImmutableArray<ReferencedAssemblyModel> references, CancellationToken cancellationToken) =>
        references.OrderBy(static reference => reference.Name, StringComparer.Ordinal).ToEquatableArray();

    private static IEnumerable<JobEntryModel> GetReachable(ReferencedAssemblyModel reference, AssemblyModel assembly)
    {
        var isFriend = FriendAssemblies.Include(reference.Friends, assembly.Name, assembly.PublicKey);
        var jobs = reference.Jobs.Where(job => job.IsPublic || isFriend);
        return reference.Experimental.Count == 0 ? jobs : jobs.Select(job => job with { Used = job.Used with { Suppressed = job.Used.Suppressed.Concat(reference.Experimental).ToEquatableArray() } });
    }
}
