namespace Jobs.Generator.Contracts;

/// <summary>The contracts of an assembly's jobs, with all types that they are made of.</summary>
internal sealed class ContractSet
{
    /// <summary>By the stored name.</summary>
    public SortedDictionary<string, JobContract> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>By the type's full name.</summary>
    public SortedDictionary<string, TypeShape> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The recorded contract of a job, under its name or one that it had.</summary>
    public KeyValuePair<string, JobContract>? FindJob(string name, IEnumerable<string> aliases)
    {
        foreach (var candidate in aliases.Prepend(name))
        {
            if (Jobs.TryGetValue(candidate, out var contract))
            {
                return new(candidate, contract);
            }
        }

        return null;
    }
}
