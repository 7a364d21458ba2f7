using System.Text.Json.Serialization.Metadata;
using Jobs.Metadata;

namespace Jobs.Runtime.Tests;

/// <summary>Makes descriptors by hand, as the generator would.</summary>
internal static class TestJob
{
    public static JobDescriptor<TInput, TResult> Of<TInput, TResult>(
        string name,
        JobInvoker<TInput, TResult>? handler,
        JobDefaults? defaults = null,
        string[]? aliases = null,
        JobInputValidation<TInput>? validate = null,
        bool allowsNullResult = false,
        Type? handlerType = null,
        Type? contractType = null) => new()
        {
            Name = name,
            Aliases = aliases ?? [],
            Description = "What " + name + " does.",
            Defaults = defaults ?? new JobDefaults(),
            HandlerType = handler is null ? null : handlerType ?? typeof(TestJob),
            ContractType = contractType,
            Invoke = handler,
            Validate = validate,
            AllowsNullResult = allowsNullResult,
            InputJson = typeof(TInput) == typeof(JobVoid) ? null : static options => (JsonTypeInfo<TInput>)options.GetTypeInfo(typeof(TInput)),
            ResultJson = typeof(TResult) == typeof(JobVoid) ? null : static options => (JsonTypeInfo<TResult>)options.GetTypeInfo(typeof(TResult)),
        };
}
