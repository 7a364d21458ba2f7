using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>Builds the handler with services of the attempt's scope, calls it directly, and disposes it. Emitted per job.</summary>
/// <typeparam name="TInput">The input, or <see cref="JobVoid"/>.</typeparam>
/// <typeparam name="TResult">The result, or <see cref="JobVoid"/>.</typeparam>
/// <param name="input">The validated input.</param>
/// <param name="context">The attempt.</param>
/// <param name="cancellationToken">The attempt's token.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask<TResult> JobInvoker<in TInput, TResult>(TInput input, JobContext context, CancellationToken cancellationToken);
