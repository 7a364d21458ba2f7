using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Hosting;

/// <summary>The services of one store: those of the application's only one have no key, those of a named one have its name.</summary>
internal sealed class StoreServices(IServiceCollection services, string? store)
{
    public string? Store => store;

    public void Add<T>(Func<IServiceProvider, T> factory)
        where T : class
    {
        if (store is null)
        {
            services.AddSingleton(factory);
        }
        else
        {
            services.AddKeyedSingleton(store, (provider, _) => factory(provider));
        }
    }

    public T Get<T>(IServiceProvider provider)
        where T : class => store is null ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(store);

    /// <summary>The key of a job's client. A job's name may hold a slash, a store's may not.</summary>
    public string ClientKey(string jobName) => store is null ? jobName : $"{store}/{jobName}";
}
