using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

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

    /// <summary>
    /// The serialization metadata that some job here has for a type: one within its input, its result or its
    /// <see cref="JobAttribute.StepTypes"/>, or a simple one.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="JobException">No job here knows the type (<see cref="JobErrorCodes.UnknownType"/>).</exception>
    JsonTypeInfo<T> GetJson<T>();
}
