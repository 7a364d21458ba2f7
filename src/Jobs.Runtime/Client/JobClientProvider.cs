using Jobs.Hosting;
using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Client;

/// <summary>Resolves whatever is registered under a job's name, so that a test double takes the place of the real client everywhere.</summary>
internal sealed class JobClientProvider(IServiceProvider services, StoreServices store) : IJobClientProvider
{
    public IJobClient Get(string name) => services.GetRequiredKeyedService<IJobClient>(store.ClientKey(name));

    public IJobClient<TInput> Get<TInput>(string name) => services.GetRequiredKeyedService<IJobClient<TInput>>(store.ClientKey(name));

    public IJobClient<TInput, TResult> Get<TInput, TResult>(string name) => services.GetRequiredKeyedService<IJobClient<TInput, TResult>>(store.ClientKey(name));
}
