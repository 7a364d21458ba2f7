using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jobs.Metadata;

/// <summary>The jobs of one assembly. The generator derives one public class per assembly from it; <c>AddJobs</c> composes them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JobAssembly
{
    /// <summary>Makes the descriptors of the assembly's own jobs, internal ones included.</summary>
    public abstract IReadOnlyList<JobDescriptor> CreateJobs();

    /// <summary>Serialization metadata for every type that the assembly's jobs need; null when it needs none.</summary>
    public virtual IJsonTypeInfoResolver? Json => null;

    /// <summary>Registers the assembly's generated client.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="store">The name of the store that it belongs to; null for the application's only one.</param>
    public abstract void AddClient(IServiceCollection services, string? store);

    /// <summary>Registers a client, with the store's name as its key.</summary>
    /// <typeparam name="TClient">The generated client.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="store">The name of the store; null for the application's only one.</param>
    /// <param name="create">Makes the client from its parts.</param>
    protected static void Register<TClient>(IServiceCollection services, string? store, Func<IJobClientProvider, TClient> create)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(create);
        if (store is null)
        {
            services.TryAddSingleton(provider => create(provider.GetRequiredService<IJobClientProvider>()));
        }
        else
        {
            services.TryAddKeyedSingleton(store, (provider, key) => create(provider.GetRequiredKeyedService<IJobClientProvider>(key)));
        }
    }
}
