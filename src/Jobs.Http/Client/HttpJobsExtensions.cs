using Jobs.Http.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs;

/// <summary>Leaves the jobs to a service that is reached over HTTP.</summary>
public static class HttpJobsExtensions
{
    /// <summary>
    /// Gives this application the same generated clients without a storage of its own: what they enqueue, ask and change goes to a
    /// service that maps its jobs with <c>MapJobs</c>. It implies <see cref="JobsBuilder.ClientOnly"/>; setting up a worker, a storage
    /// or anything else that concerns them is an error at start.
    /// </summary>
    /// <remarks>
    /// Inputs are validated here first. Lost requests, 429 and 5xx answers are repeated, and an enqueue never stores a second job
    /// thereby: every one carries an id. Requests go through the named client <see cref="HttpJobsOptions.HttpClientName"/> of
    /// <see cref="IHttpClientFactory"/>, where the application adds handlers, certificates and proxies.
    /// </remarks>
    /// <param name="jobs">The builder.</param>
    /// <param name="address">The address of the jobs, with the prefix that <c>MapJobs</c> was given, such as <c>https://worker.internal/jobs</c>.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="JobException">The address is not absolute http or https, or an option is out of range.</exception>
    public static JobsBuilder UseHttp(this JobsBuilder jobs, Uri address, Action<HttpJobsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(address);
        var options = new HttpJobsOptions();
        configure?.Invoke(options);
        HttpJobsRules.Check(address, options);
        jobs.Services.AddHttpClient(options.HttpClientName);
        return jobs.ClientOnly().UseRemote(services =>
        {
            var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
            var connection = new JobsConnection(HttpJobsRules.Prefix(address), options, services.GetRequiredService<IHttpClientFactory>(), services, time);
            var manager = new HttpJobManager(connection, services);
            return new RemoteJobs(manager, new HttpJobSchedules(connection, manager.Tracker, time), new HttpJobEvents(connection), new HttpJobHealth(manager), manager.Tracker);
        });
    }

    /// <inheritdoc cref="UseHttp(JobsBuilder, Uri, Action{HttpJobsOptions}?)"/>
    public static JobsBuilder UseHttp(this JobsBuilder jobs, string address, Action<HttpJobsOptions>? configure = null) =>
        UseHttp(jobs, Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : throw HttpJobsRules.Wrong($"'{address}' is no absolute address"), configure);
}
