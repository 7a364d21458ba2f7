using Jobs;
using Jobs.AspNetCore;
using Jobs.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps jobs over HTTP.</summary>
public static class JobsEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the HTTP API of jobs: submit, follow, list and operate them. Outside of Development at least one policy has to be named,
    /// or <see cref="JobsApiOptions.AllowAnonymous"/> called.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">The path under which the API is. Default: <c>/jobs</c>.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The group of all its endpoints, for further conventions such as rate limits or CORS.</returns>
    /// <exception cref="JobException">No policy says who may call it, or the set-up is wrong otherwise; the message says what to do.</exception>
    public static RouteGroupBuilder MapJobs(this IEndpointRouteBuilder endpoints, string prefix = "/jobs", Action<JobsApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var options = new JobsApiOptions();
        configure?.Invoke(options);
        var api = JobsApi.Create(endpoints.ServiceProvider, prefix, options);
        var group = endpoints.MapGroup(prefix);
        foreach (var routes in ApiRoutes.All.GroupBy(static route => route.Pattern, StringComparer.Ordinal))
        {
            foreach (var route in routes)
            {
                group.MapMethods(route.Pattern, [route.Method], context => api.RunAsync(route, context)).WithName($"Jobs {prefix} {route.Id}");
            }

            // Without a method of its own it is chosen last: whatever comes here has another method.
            var allowed = string.Join(", ", routes.Select(static route => route.Method));
            group.Map(routes.Key, context => api.RefuseMethodAsync(context, allowed));
        }

        group.Map("{**unknown}", api.RefuseRouteAsync);
        return group;
    }
}
