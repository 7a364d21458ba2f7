namespace Jobs.Generator.Analyzers;

/// <summary>What two jobs have in common.</summary>
internal enum JobClashKind
{
    Name,
    ClientName,
    AliasOfName,
    AliasOfAlias,
}
