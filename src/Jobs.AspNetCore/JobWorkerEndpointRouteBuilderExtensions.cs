using Jobs;
using Jobs.AspNetCore.Pushing;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the address to which jobs are pushed.</summary>
public static class JobWorkerEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Runs the handlers of this process for signed requests, those of <c>jobs.PushTo(queue, address)</c> in another process: with
    /// validation, middleware and a scope, as a worker would. It needs no database (<see cref="JobsBuilder.WithoutStorage"/>). The
    /// signature authenticates the caller, so policies of the application do not apply. A request may come twice, as any attempt may.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path. Default: <c>/worker</c>.</param>
    /// <param name="configure">Sets at least one of <see cref="JobWorkerOptions.Secrets"/>.</param>
    /// <exception cref="JobException">There is no usable secret, or the set-up is wrong otherwise; the message says what to do.</exception>
    public static IEndpointConventionBuilder MapJobWorker(this IEndpointRouteBuilder endpoints, string pattern, Action<JobWorkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new JobWorkerOptions();
        configure(options);
        var worker = PushedWorker.Create(endpoints.ServiceProvider, options);
        return endpoints.Map(pattern, worker.RunAsync).WithName($"Jobs worker {pattern}").AllowAnonymous();
    }

    /// <inheritdoc cref="MapJobWorker(IEndpointRouteBuilder, string, Action{JobWorkerOptions})"/>
    public static IEndpointConventionBuilder MapJobWorker(this IEndpointRouteBuilder endpoints, Action<JobWorkerOptions> configure) => endpoints.MapJobWorker("/worker", configure);
}
