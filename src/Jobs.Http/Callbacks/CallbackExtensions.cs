using Jobs.Http.Addresses;
using Jobs.Http.Callbacks;
using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Jobs;

/// <summary>Delivers callbacks.</summary>
public static class CallbackExtensions
{
    /// <summary>
    /// Lets jobs be enqueued with <see cref="EnqueueOptions.OnCompleted"/> and <see cref="EnqueueOptions.OnFailed"/>, and delivers the
    /// callbacks: signed POSTs by the Standard Webhooks specification, each a job of its own in <see cref="CallbackOptions.Queue"/>. A
    /// worker that takes only chosen queues must take that one too.
    /// </summary>
    /// <param name="jobs">The builder.</param>
    /// <param name="configure">Sets at least one of <see cref="CallbackOptions.Secrets"/>.</param>
    /// <exception cref="JobException">There is no usable secret, or an option is out of range.</exception>
    public static JobsBuilder UseCallbacks(this JobsBuilder jobs, Action<CallbackOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new CallbackOptions();
        configure(options);
        CallbackJob.Check(options);
        var signer = new Http.Signatures.WebhookSigner(options.Secrets);
        jobs.Services.TryAddSingleton(services => new OutboundAddresses(new AddressRules(
            nameof(CallbackOptions), options.AllowHttp, options.AllowPrivateAddresses, options.AllowedHosts, services.GetService<IHostEnvironment>()?.IsDevelopment() ?? false)));
        jobs.Services.TryAddSingleton<IJobCallbackGuard>(services => services.GetRequiredService<OutboundAddresses>());
        jobs.Services.TryAddSingleton(services => new CallbackSender(options, signer, services.GetRequiredService<OutboundAddresses>(), services.GetService<TimeProvider>() ?? TimeProvider.System));
        return jobs.Compose(new CallbackJob(options));
    }
}
