namespace Jobs.AspNetCore.Tests;

/// <summary>An application that leaves its jobs to a service.</summary>
internal static class RemoteApplication
{
    public static ServiceProvider Create(TestService service, DelegatingHandler? handler = null, Action<HttpJobsOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddJobs(jobs => jobs.UseHttp(new Uri(service.Address, "/jobs"), options =>
        {
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            configure?.Invoke(options);
        }));
        if (handler is not null)
        {
            services.AddHttpClient("Jobs").AddHttpMessageHandler(() => handler);
        }

        if (time is not null)
        {
            services.AddSingleton(time);
        }

        return services.BuildServiceProvider();
    }
}
