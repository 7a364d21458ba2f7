using System.Diagnostics.CodeAnalysis;

namespace Jobs;

/// <summary>What a job with a result looked like at one moment.</summary>
/// <typeparam name="TResult">The job's result.</typeparam>
public sealed record JobSnapshot<TResult> : JobSnapshot
{
    /// <summary>Creates an empty snapshot, for an initializer to fill.</summary>
    public JobSnapshot()
    {
    }

    /// <summary>Adds a typed result to a snapshot.</summary>
    /// <param name="original">The snapshot.</param>
    /// <param name="result">The result.</param>
    [SetsRequiredMembers]
    public JobSnapshot(JobSnapshot original, TResult? result)
        : base(original) => Result = result;

    /// <summary>The result; the type's default until the job has completed.</summary>
    public TResult? Result { get; init; }
}
