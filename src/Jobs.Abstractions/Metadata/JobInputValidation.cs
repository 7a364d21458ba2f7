using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>Checks an input against the attributes of its type. Emitted per input; returns a shared empty list when nothing is wrong.</summary>
/// <typeparam name="TInput">The input.</typeparam>
/// <param name="input">The input; null is reported, not thrown.</param>
/// <param name="services">For validation attributes that ask for services; may be null.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate IReadOnlyList<JobValidationError> JobInputValidation<in TInput>(TInput? input, IServiceProvider? services);
