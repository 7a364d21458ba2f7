using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Contracts;

/// <summary>Brings a contract file up to date.</summary>
internal static class ContractRecorder
{
    /// <summary>The text that the file should have.</summary>
    /// <param name="compilation">The code of now.</param>
    /// <param name="recorded">The text that it has; one that cannot be read, which a diagnostic says, counts as none.</param>
    /// <param name="today">The day on which jobs that are gone are retired.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static string Record(Compilation compilation, string? recorded, string today, CancellationToken cancellationToken)
    {
        ContractSet? before = null;
        try
        {
            before = recorded is null ? null : ContractFile.Read(recorded);
        }
        catch (JsonTextException)
        {
            // The analyzer reports it, as an error, so that nothing is written.
        }

        return ContractFile.Write(Record(ContractParser.Parse(compilation, cancellationToken), before, today));
    }

    /// <summary>What the file should say: the jobs of now, and those that are gone, marked as retired.</summary>
    /// <param name="current">The contracts of now.</param>
    /// <param name="recorded">What the file says; null when there is none.</param>
    /// <param name="today">The day on which jobs that are gone are retired.</param>
    public static ContractSet Record(ContractSet current, ContractSet? recorded, string today)
    {
        var known = new HashSet<string>(current.Jobs.Keys.Concat(current.Jobs.Values.SelectMany(static job => job.Aliases)), StringComparer.Ordinal);
        foreach (var job in recorded?.Jobs ?? [])
        {
            if (!known.Contains(job.Key))
            {
                current.Jobs[job.Key] = job.Value with { Retired = job.Value.Retired ?? today };
                Keep(job.Value.Input, current, recorded!);
                Keep(job.Value.Result, current, recorded!);
            }
        }

        return current;
    }

    private static void Keep(string? type, ContractSet current, ContractSet recorded)
    {
        if (type is not null)
        {
            Keep(TypeExpression.Parse(type), current, recorded);
        }
    }

    private static void Keep(TypeExpression type, ContractSet current, ContractSet recorded)
    {
        foreach (var argument in type.Arguments)
        {
            Keep(argument, current, recorded);
        }

        if (current.Types.ContainsKey(type.Name) || !recorded.Types.TryGetValue(type.Name, out var shape))
        {
            return;
        }

        current.Types[type.Name] = shape;
        if (shape is ObjectShape { Members: var members, Derived: var derived })
        {
            foreach (var inner in members.Select(static member => member.Value.Type).Concat(derived.Select(static one => one.Value)))
            {
                Keep(inner, current, recorded);
            }
        }
    }
}
