using System.Text.Json.Serialization.Metadata;
using Jobs.Metadata;
using Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Http.Callbacks;

/// <summary>The job that delivers callbacks, declared as the generator would.</summary>
internal sealed class CallbackJob(CallbackOptions options) : JobAssembly
{
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
            Invoke = static async (input, context, cancellationToken) =>
            {
                await context.Services.GetRequiredService<CallbackSender>().SendAsync(input, context, cancellationToken).ConfigureAwait(false);
                return default;
            },
        },
    ];

    public override void AddClient(IServiceCollection services, string? store)
    {
        // Callbacks are stored by the jobs that they tell of.
    }
}
