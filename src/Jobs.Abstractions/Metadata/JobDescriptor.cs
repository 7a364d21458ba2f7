using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>One job as the generator saw it. Made by generated code; read by the runtime.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JobDescriptor
{
    private protected JobDescriptor()
    {
    }

    /// <summary>The stored name.</summary>
    public required string Name { get; init; }

    /// <summary>Former stored names that this job's handler still runs.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What the job does.</summary>
    public string? Description { get; init; }

    /// <summary>What the attribute sets.</summary>
    public JobDefaults Defaults { get; init; } = new();

    /// <summary>The handler's class; null for a contract, which can be enqueued here but not run.</summary>
    public Type? HandlerType { get; init; }

    /// <summary>The contract's interface: the contract itself, or the one that the handler names.</summary>
    public Type? ContractType { get; init; }

    /// <summary>The input's type; null for a job without input.</summary>
    public abstract Type? InputType { get; }

    /// <summary>The result's type; null for a job without result.</summary>
    public abstract Type? ResultType { get; }

    /// <summary>Calls <paramref name="visitor"/> with this job's types.</summary>
    /// <typeparam name="TOut">What the visit returns.</typeparam>
    /// <param name="visitor">The visitor.</param>
    public abstract TOut Accept<TOut>(IJobDescriptorVisitor<TOut> visitor);
}
