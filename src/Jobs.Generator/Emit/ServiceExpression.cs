using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>The expression that resolves a constructor's argument.</summary>
internal static class ServiceExpression
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";
    private const string KeyedServices = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions";

    public static string Get(ServiceModel service, int index) => service.Kind switch
    {
        ServiceKind.Provider => "services",
        ServiceKind.Required when service.Key is null => $"{Services}.GetRequiredService<{service.Type}>(services)",
        ServiceKind.Required => $"{KeyedServices}.GetRequiredKeyedService<{service.Type}>(services, {service.Key})",
        ServiceKind.OptionalReference => GetOptional(service) + (service.Fallback is null ? "" : $" ?? {service.Fallback}"),

        // Asked for as an object: GetService<int> would fail to unbox the null of a missing service.
        _ => $"{GetObject(service)} is {service.Type} service{index} ? service{index} : {service.Fallback}",
    };

    private static string GetOptional(ServiceModel service) => service.Key is null
        ? $"{Services}.GetService<{service.Type}>(services)"
        : $"{KeyedServices}.GetKeyedService<{service.Type}>(services, {service.Key})";

    private static string GetObject(ServiceModel service) => service.Key is null
        ? $"services.GetService(typeof({service.Type}))"
        : $"((global::Microsoft.Extensions.DependencyInjection.IKeyedServiceProvider)services).GetKeyedService(typeof({service.Type}), {service.Key})";
}
