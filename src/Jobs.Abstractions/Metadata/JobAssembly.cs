using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

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
    public abstract void AddClient(IServiceCollection services);
}
