namespace Jobs.Generator.Analyzers;

/// <summary>Finds the names that two jobs claim.</summary>
internal static class JobClashes
{
    /// <summary>One clash per claim and name, with the first other claim as the counterpart.</summary>
    public static IEnumerable<JobClash> Find(IReadOnlyList<JobClaim> claims)
    {
        var byName = Index(claims, static claim => claim.Name);
        var byClientName = Index(claims.Where(static claim => claim.IsReachable), static claim => claim.ClientName);
        var byAlias = claims.SelectMany(static claim => claim.Aliases.Select(alias => (Alias: alias, Claim: claim))).ToLookup(static pair => pair.Alias, static pair => pair.Claim, StringComparer.Ordinal);
        foreach (var claim in claims)
        {
            if (FindOther(byName[claim.Name], claim) is { } sameName)
            {
                yield return new JobClash(JobClashKind.Name, claim, sameName, claim.Name);
            }
            else if (claim.IsReachable && FindOther(byClientName[claim.ClientName], claim) is { } sameProperty)
            {
                yield return new JobClash(JobClashKind.ClientName, claim, sameProperty, claim.ClientName);
            }

            foreach (var alias in claim.Aliases)
            {
                if (FindOther(byName[alias], claim) is { } named)
                {
                    yield return new JobClash(JobClashKind.AliasOfName, claim, named, alias);
                }
                else if (FindOther(byAlias[alias], claim) is { } aliased)
                {
                    yield return new JobClash(JobClashKind.AliasOfAlias, claim, aliased, alias);
                }
            }
        }
    }

    private static ILookup<string, JobClaim> Index(IEnumerable<JobClaim> claims, Func<JobClaim, string> key) => claims.ToLookup(key, StringComparer.Ordinal);

    private static JobClaim? FindOther(IEnumerable<JobClaim> candidates, JobClaim claim) =>
        candidates.FirstOrDefault(other => !ReferenceEquals(other, claim) && !other.IsOneJobWith(claim));
}
