using System.Text.Json;
using Jobs.Execution;
using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Redaction;

namespace Jobs.Registry;

/// <summary>A job with its types: the direct way from a claimed record to the handler and back.</summary>
internal sealed class RegisteredJob<TInput, TResult> : RegisteredJob<TInput>
{
    private readonly JobJsonFormat<TResult>? _resultJson;

    public RegisteredJob(JobDescriptor<TInput, TResult> descriptor, JsonSerializerOptions json, JobsSettings settings, IServiceProvider services)
        : base(descriptor, descriptor.Validate, descriptor.InputJson?.Invoke(json), settings, services)
    {
        // A hand-written context has options of its own.
        var own = new[] { descriptor.InputJson?.Invoke(json).Options, descriptor.ResultJson?.Invoke(json).Options, json };
        StepTypes = new StepTypes([.. own.OfType<JsonSerializerOptions>().Distinct()]);
        if (descriptor.ResultJson?.Invoke(json) is { } resultJson)
        {
            _resultJson = new JobJsonFormat<TResult>(resultJson);
            Definition = Definition with { ResultJson = () => resultJson, ResultRedaction = new(() => JsonRedaction.Of(resultJson)) };
        }

        Forms = descriptor is { Upgrades.Count: > 0, InputJson: { } inputJson } ? new InputForms<TInput>(this, descriptor.Upgrades, inputJson, json) : null;
        Invoke = descriptor.Invoke;
        AllowsNullResult = descriptor.AllowsNullResult;
        Pipeline = settings.Middleware.Count == 0 || Invoke is null ? null : JobPipeline.Compile(settings.Middleware, static (context, cancellationToken) => JobExecution<TInput, TResult>.Of(context).InvokeHandlerAsync(context, cancellationToken));
    }

    /// <summary>Reads payloads of former forms too; null when there are none.</summary>
    public InputForms<TInput>? Forms { get; }

    public override StepTypes StepTypes { get; }

    /// <summary>Builds and calls the handler; null for a contract.</summary>
    public JobInvoker<TInput, TResult>? Invoke { get; }

    /// <summary>Middleware around the handler; null when there is none.</summary>
    public JobDelegate? Pipeline { get; }

    public bool AllowsNullResult { get; }

    public override string? FindReadingProblem(JsonElement payload) => Forms is null ? base.FindReadingProblem(payload) : Forms.FindReadingProblem(System.Text.Encoding.UTF8.GetBytes(payload.GetRawText()));

    public override JobExecution CreateExecution(IAttemptHost host) => new JobExecution<TInput, TResult>(this, host);

    public override string? FindResultProblem(byte[]? result)
    {
        if (_resultJson is null)
        {
            return null;
        }

        try
        {
            return result is not null && (_resultJson.Read(result) is not null || AllowsNullResult) ? null
                : AllowsNullResult && result is null ? null : $"job '{Name}' has a result of {typeof(TResult).Name}, and there is none";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever reading throws, the type's own constructor included, it would throw where the result is read.
            return exception.Message;
        }
    }

    public byte[]? WriteResult(TResult result) => _resultJson?.Write(result);

    public TResult? ReadResult(JsonElement? result) => _resultJson is null || result is null ? default : result.Value.Deserialize(_resultJson.Info);

    public TResult? ReadResult(byte[]? result) => _resultJson is null || result is null ? default : _resultJson.Read(result);
}
