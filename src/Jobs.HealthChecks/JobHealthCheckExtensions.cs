using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jobs;

/// <summary>Adds the check of jobs to the application's health checks.</summary>
public static class JobHealthCheckExtensions
{
    /// <summary>Adds a check that the storage is reachable, workers are alive, and no job has been due for too long.</summary>
    /// <param name="builder">The application's health checks, from <c>services.AddHealthChecks()</c>.</param>
    /// <param name="store">The name of the store, as given to <c>AddJobs</c>; null for the application's only one.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="failureStatus">What a failure is reported as. Default: unhealthy.</param>
    /// <param name="tags">Tags to select checks by.</param>
    /// <returns>The builder. The check's name is <c>jobs</c>, or <c>jobs-</c> and the store's name.</returns>
    public static IHealthChecksBuilder AddJobs(this IHealthChecksBuilder builder, string? store = null, Action<JobHealthCheckOptions>? configure = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new JobHealthCheckOptions();
        configure?.Invoke(options);
        return builder.Add(new HealthCheckRegistration(
            store is null ? "jobs" : $"jobs-{store}",
            services => new JobHealthCheck(store is null ? services.GetRequiredService<IJobHealth>() : services.GetRequiredKeyedService<IJobHealth>(store), options),
            failureStatus,
            tags));
    }
}
