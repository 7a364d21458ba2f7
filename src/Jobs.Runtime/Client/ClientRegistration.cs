using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Registry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jobs.Client;

/// <summary>Registers the typed client of a job, keyed by its name.</summary>
internal sealed class ClientRegistration(IServiceCollection services) : IJobDescriptorVisitor<bool>
{
    public bool Visit<TInput, TResult>(JobDescriptor<TInput, TResult> job)
    {
        var name = job.Name;
        if (typeof(TInput) == typeof(JobVoid))
        {
            services.TryAddKeyedSingleton<IJobClient>(name, (provider, _) => new TypedClient(Runtime(provider), Find<RegisteredJob<JobVoid>>(provider, name)));
        }
        else if (typeof(TResult) == typeof(JobVoid))
        {
            services.TryAddKeyedSingleton<IJobClient<TInput>>(name, (provider, _) => new TypedClientOfInput<TInput>(Runtime(provider), Find<RegisteredJob<TInput>>(provider, name)));
        }
        else
        {
            services.TryAddKeyedSingleton<IJobClient<TInput, TResult>>(name, (provider, _) => new TypedClientOfResult<TInput, TResult>(Runtime(provider), Find<RegisteredJob<TInput, TResult>>(provider, name)));
        }

        return true;
    }

    private static JobsRuntime Runtime(IServiceProvider services) => services.GetRequiredService<JobsRuntime>();

    private static TJob Find<TJob>(IServiceProvider services, string name)
        where TJob : RegisteredJob =>
        services.GetRequiredService<JobRegistry>().Find(name) as TJob
            ?? throw new JobException(JobErrorCodes.Configuration, $"The contract of job '{name}' and its handler disagree about the input or the result. Rebuild both against the same contract.");
}
