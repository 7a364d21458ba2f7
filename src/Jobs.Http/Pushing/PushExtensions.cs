using Jobs.Http.Addresses;
using Jobs.Http.Pushing;
using Jobs.Http.Signatures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jobs;

/// <summary>Has jobs run by a receiver that is called, such as one that scales to zero.</summary>
public static class PushExtensions
{
    /// <summary>
    /// Pushes the due jobs of a queue to a receiver, for example one with <c>app.MapJobWorker("/worker")</c>: one signed POST per attempt
    /// by the Standard Webhooks specification. This process holds the jobs meanwhile, with lease, retries, timeout and cancellation as for
    /// its own, and needs no handler for them, only their declaration or contract. Its own worker leaves the queue alone.
    /// </summary>
    /// <param name="jobs">The builder.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="address">Where the receiver is: https, and an address of the public internet, unless the options allow more.</param>
    /// <param name="configure">Sets at least one of <see cref="PushOptions.Secrets"/>.</param>
    /// <exception cref="JobException">There is no usable secret, or an option is out of range. What depends on the environment is refused at start.</exception>
    public static JobsBuilder PushTo(this JobsBuilder jobs, string queue, Uri address, Action<PushOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentException.ThrowIfNullOrEmpty(queue);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PushOptions();
        configure(options);
        Check(queue, address, options);
        var signer = new WebhookSigner(options.Secrets);
        return jobs.Deliver(queue, options.MaxConcurrency, services =>
        {
            var addresses = new OutboundAddresses(new AddressRules(
                nameof(PushOptions), options.AllowHttp, options.AllowPrivateAddresses, options.AllowedHosts, services.GetService<IHostEnvironment>()?.IsDevelopment() ?? false));
            if (addresses.Check(address) is { } problem)
            {
                throw Refused(queue, $"{address} cannot be the address, because {problem}");
            }

            var logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Jobs.Http");
            return new PushRunner(address, options, signer, addresses.CreateClient(), services.GetService<TimeProvider>() ?? TimeProvider.System, logger);
        });
    }

    private static void Check(string queue, Uri address, PushOptions options)
    {
        var problem = options switch
        {
            _ when !address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) => $"'{address}' is no absolute address of https or http",
            _ when address.UserInfo.Length > 0 => "the address contains a user or a password, which would end up in logs",
            _ when options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromDays(1) => "Timeout must be more than zero and at most a day",
            _ when options.Allowance < TimeSpan.Zero || options.Allowance > TimeSpan.FromHours(1) => "Allowance must be at least zero and at most an hour",
            { MaxResponseBytes: < 1024 } => "MaxResponseBytes must be at least 1,024",
            _ => null,
        };
        if (problem is not null)
        {
            throw Refused(queue, problem);
        }
    }

    private static JobException Refused(string queue, string problem) => new(JobErrorCodes.Configuration, $"PushTo('{queue}') is refused: {problem}.");
}
