using System.Diagnostics.CodeAnalysis;

namespace Jobs;

/// <summary>The jobs that this application knows: its own and those of the assemblies that it references.</summary>
public interface IJobRegistry
{
    /// <summary>All of them, ordered by name.</summary>
    IReadOnlyList<JobDefinition> Jobs { get; }

    /// <summary>The job of this name or alias.</summary>
    /// <param name="name">A stored name or an alias.</param>
    /// <exception cref="JobNotFoundException">No job has this name.</exception>
    JobDefinition Get(string name);

    /// <summary>Finds the job of this name or alias.</summary>
    /// <param name="name">A stored name or an alias.</param>
    /// <param name="definition">The job.</param>
    bool TryGet(string name, [NotNullWhen(true)] out JobDefinition? definition);
}
