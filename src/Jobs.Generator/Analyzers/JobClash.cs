using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Analyzers;

/// <summary>A name that a job shares with another.</summary>
internal sealed record JobClash(JobClashKind Kind, JobClaim Claim, JobClaim Other, string Text)
{
    public Diagnostic ToDiagnostic() => Kind switch
    {
        JobClashKind.Name => Diagnostic.Create(Rules.DuplicateJobName, Claim.Job?.Locations.Name, Text, Other.Owner),
        JobClashKind.ClientName => Diagnostic.Create(Rules.DuplicateClientName, Claim.Job?.Locations.ClientName, Text, Other.Owner),
        JobClashKind.AliasOfName => Diagnostic.Create(Rules.AliasClash, AliasLocation, Text, Claim.Owner, $"the name of '{Other.Owner}'"),
        _ => Diagnostic.Create(Rules.AliasClash, AliasLocation, Text, Claim.Owner, $"an alias of '{Other.Owner}'"),
    };

    private Location? AliasLocation => Claim.Job is { } job ? job.Locations.Element("Aliases", [.. job.Attribute.Aliases], Text) : null;
}
