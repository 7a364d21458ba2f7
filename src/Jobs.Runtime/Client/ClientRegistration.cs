using Jobs.Client.Remote;
using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Registry;
using Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jobs.Client;

/// <summary>Registers the typed client of a job, keyed by its name, behind that of its store if there are several.</summary>
internal sealed class ClientRegistration(IServiceCollection services, StoreServices store) : IJobDescriptorVisitor<bool>
{
    public bool Visit<TInput, TResult>(JobDescriptor<TInput, TResult> job)
    {
        var (name, key) = (job.Name, store.ClientKey(job.Name));
        if (typeof(TInput) == typeof(JobVoid))
        {
            services.TryAddKeyedSingleton<IJobClient>(key, (provider, _) => IsRemote(provider)
                ? new RemoteClient(Link(provider), Find<RegisteredJob<JobVoid>>(provider, name))
                : new TypedClient(Runtime(provider), Find<RegisteredJob<JobVoid>>(provider, name)));
        }
        else if (typeof(TResult) == typeof(JobVoid))
        {
            services.TryAddKeyedSingleton<IJobClient<TInput>>(key, (provider, _) => IsRemote(provider)
                ? new RemoteClientOfInput<TInput>(Link(provider), Find<RegisteredJob<TInput>>(provider, name))
                : new TypedClientOfInput<TInput>(Runtime(provider), Find<RegisteredJob<TInput>>(provider, name)));
        }
        else
        {
            services.TryAddKeyedSingleton<IJobClient<TInput, TResult>>(key, (provider, _) => IsRemote(provider)
                ? new RemoteClientOfResult<TInput, TResult>(Link(provider), Find<RegisteredJob<TInput, TResult>>(provider, name))
                : new TypedClientOfResult<TInput, TResult>(Runtime(provider), Find<RegisteredJob<TInput, TResult>>(provider, name)));
        }

        return true;
    }

    private bool IsRemote(IServiceProvider services) => store.Get<JobsSetup>(services).IsRemote;

    private RemoteLink Link(IServiceProvider services) => new(store.Get<RemoteJobs>(services), store.Get<JobRegistry>(services), store.Get<JobsTelemetry>(services));

    private JobsRuntime Runtime(IServiceProvider services) => store.Get<JobsRuntime>(services);

    private TJob Find<TJob>(IServiceProvider services, string name)
        where TJob : RegisteredJob =>
        store.Get<JobRegistry>(services).Find(name) as TJob
            ?? throw new JobException(JobErrorCodes.Configuration, $"The contract of job '{name}' and its handler disagree about the input or the result. Rebuild both against the same contract.");
}
