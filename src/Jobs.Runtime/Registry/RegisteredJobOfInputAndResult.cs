using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Execution;
using Jobs.Hosting;
using Jobs.Metadata;

namespace Jobs.Registry;

/// <summary>A job with its types: the direct way from a claimed record to the handler and back.</summary>
internal sealed class RegisteredJob<TInput, TResult> : RegisteredJob<TInput>
{
    private readonly JsonTypeInfo<TResult>? _resultJson;

    public RegisteredJob(JobDescriptor<TInput, TResult> descriptor, JsonSerializerOptions json, JobsSettings settings, IServiceProvider services)
        : base(descriptor, descriptor.Validate, descriptor.InputJson?.Invoke(json), settings, services)
    {
        _resultJson = descriptor.ResultJson?.Invoke(json);
        Invoke = descriptor.Invoke;
        AllowsNullResult = descriptor.AllowsNullResult;
        Pipeline = settings.Middleware.Count == 0 || Invoke is null ? null : JobPipeline.Compile(settings.Middleware, static (context, cancellationToken) => JobExecution<TInput, TResult>.Of(context).InvokeHandlerAsync(context, cancellationToken));
    }

    /// <summary>Builds and calls the handler; null for a contract.</summary>
    public JobInvoker<TInput, TResult>? Invoke { get; }

    /// <summary>Middleware around the handler; null when there is none.</summary>
    public JobDelegate? Pipeline { get; }

    public bool AllowsNullResult { get; }

    public override JobExecution CreateExecution(JobWorker worker) => new JobExecution<TInput, TResult>(this, worker);

    public byte[]? WriteResult(TResult result) => _resultJson is null ? null : JsonSerializer.SerializeToUtf8Bytes(result, _resultJson);

    public TResult? ReadResult(JsonElement? result) => _resultJson is null || result is null ? default : result.Value.Deserialize(_resultJson);

    public TResult? ReadResult(byte[]? result) => _resultJson is null || result is null ? default : JsonSerializer.Deserialize(result, _resultJson);
}
