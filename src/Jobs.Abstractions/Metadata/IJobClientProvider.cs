using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>Gives a generated client its parts: whatever is registered under a job's name, test doubles included.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJobClientProvider
{
    /// <summary>The client of a job without input.</summary>
    /// <param name="name">The stored name.</param>
    IJobClient Get(string name);

    /// <summary>The client of a job with an input and no result.</summary>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <param name="name">The stored name.</param>
    IJobClient<TInput> Get<TInput>(string name);

    /// <summary>The client of a job with an input and a result.</summary>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="name">The stored name.</param>
    IJobClient<TInput, TResult> Get<TInput, TResult>(string name);
}
