using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Metadata;
using Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Http.Callbacks;

/// <summary>The job that delivers callbacks, declared as the generator would.</summary>
internal sealed class CallbackJob(CallbackOptions options) : JobAssembly
{
    private string? _store;

    public override IJsonTypeInfoResolver Json => CallbackJson.Default;

    /// <exception cref="JobException">An option is out of range.</exception>
    public static void Check(CallbackOptions options)
    {
        var problem = options switch
        {
            { Timeout: var timeout } when timeout <= TimeSpan.Zero || timeout > TimeSpan.FromMinutes(10) => "Timeout must be more than zero and at most 10 minutes",
            { MaxAttempts: < 1 or > 1000 } => "MaxAttempts must be from 1 to 1,000",
            { MaxConcurrency: < 1 } => "MaxConcurrency must be at least 1",
            _ => null,
        };
        if (problem is not null)
        {
            throw new JobException(JobErrorCodes.Configuration, $"UseCallbacks is refused: {problem}.");
        }
    }

    public override IReadOnlyList<JobDescriptor> CreateJobs() =>
    [
        new JobDescriptor<CallbackDelivery, JobVoid>
        {
            Name = CallbackEnvelope.JobName,
            Description = "Tells somebody how a job ended.",
            HandlerType = typeof(CallbackSender),
            Defaults = new JobDefaults
            {
                Queue = options.Queue,
                MaxAttempts = options.MaxAttempts,
                BackoffDelay = "5s",
                MaxBackoffDelay = "4h",
                MaxConcurrency = options.MaxConcurrency,

                // The sender's own limit comes first, and says which address was slow.
                Timeout = ((JobDuration)(options.Timeout + TimeSpan.FromSeconds(5))).ToString(),
            },
            InputJson = static json => (JsonTypeInfo<CallbackDelivery>)json.GetTypeInfo(typeof(CallbackDelivery)),
            Invoke = async (input, context, cancellationToken) =>
            {
                var shown = Redact(input, context.Services);
                await context.Services.GetRequiredService<CallbackSender>().SendAsync(shown, context, cancellationToken).ConfigureAwait(false);
                return default;
            },
        },
    ];

    /// <remarks>There is no client: callbacks are stored by the jobs that they tell of.</remarks>
    public override void AddClient(IServiceCollection services, string? store) => _store = store;

    /// <summary>The result as others may see it; nothing of it when this application does not know the job.</summary>
    private CallbackDelivery Redact(CallbackDelivery delivery, IServiceProvider services)
    {
        if (delivery.Result is not { } result)
        {
            return delivery;
        }

        var registry = _store is null ? services.GetRequiredService<IJobRegistry>() : services.GetRequiredKeyedService<IJobRegistry>(_store);
        if (!registry.TryGet(delivery.JobName, out var job))
        {
            return delivery with { Result = null };
        }

        using var document = JsonDocument.Parse(result);
        return delivery with { Result = job.RedactResult(document.RootElement).GetRawText() };
    }
}
