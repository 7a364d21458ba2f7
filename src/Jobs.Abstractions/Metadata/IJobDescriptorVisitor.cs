using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>Gets at a job's types without reflection.</summary>
/// <typeparam name="TOut">What the visit returns.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJobDescriptorVisitor<out TOut>
{
    /// <summary>Visits a job with its types.</summary>
    /// <typeparam name="TInput">The input, or <see cref="JobVoid"/>.</typeparam>
    /// <typeparam name="TResult">The result, or <see cref="JobVoid"/>.</typeparam>
    /// <param name="job">The job.</param>
    TOut Visit<TInput, TResult>(JobDescriptor<TInput, TResult> job);
}
