using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Metadata;

/// <summary>One job with its types.</summary>
/// <typeparam name="TInput">The input, or <see cref="JobVoid"/>.</typeparam>
/// <typeparam name="TResult">The result, or <see cref="JobVoid"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JobDescriptor<TInput, TResult> : JobDescriptor
{
    /// <summary>Runs the handler; null for a contract.</summary>
    public JobInvoker<TInput, TResult>? Invoke { get; init; }

    /// <summary>The input's serialization metadata, from options whose resolver is the assembly's; null for a job without input.</summary>
    public Func<JsonSerializerOptions, JsonTypeInfo<TInput>>? InputJson { get; init; }

    /// <summary>The result's serialization metadata; null for a job without result.</summary>
    public Func<JsonSerializerOptions, JsonTypeInfo<TResult>>? ResultJson { get; init; }

    /// <summary>Checks an input; null when its type has no rules and cannot be null.</summary>
    public JobInputValidation<TInput>? Validate { get; init; }

    /// <summary>The former forms of the input that can be upgraded, nearest first.</summary>
    public IReadOnlyList<JobInputUpgrade<TInput>> Upgrades { get; init; } = [];

    /// <summary>The schedules that are declared with the job.</summary>
    public IReadOnlyList<JobScheduleDeclaration<TInput>> Schedules { get; init; } = [];

    /// <summary>Whether the handler may return null: its result type is declared nullable.</summary>
    public bool AllowsNullResult { get; init; }

    /// <inheritdoc/>
    public override Type? InputType => typeof(TInput) == typeof(JobVoid) ? null : typeof(TInput);

    /// <inheritdoc/>
    public override Type? ResultType => typeof(TResult) == typeof(JobVoid) ? null : typeof(TResult);

    /// <inheritdoc/>
    public override TOut Accept<TOut>(IJobDescriptorVisitor<TOut> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(this);
    }
}
