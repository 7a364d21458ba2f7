using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>The expression that resolves a constructor's argument.</summary>
internal static class ServiceExpression
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";
    private const string KeyedServices = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions";

    public static string Get(ServiceModel service, int index) => service switch
    {
        { Kind: ServiceKind.Provider } => "services",
        { Kind: ServiceKind.Required, Key: null } => $"{Services}.GetRequiredService<{service.Type}>(services)",
        { Kind: ServiceKind.Required } => $"{KeyedServices}.GetRequiredKeyedService<{service.Type}>(services, {service.Key})",

        // Asked for as an object: GetService<int> would fail to unbox the null of a missing service.
        { Key: null } => $"services.GetService(typeof({service.Type})) is {service.Type} service{index} ? service{index} : {service.Fallback}",
        _ => $"{KeyedServices}.GetKeyedService<object>(services, {service.Key}) is {service.Type} service{index} ? service{index} : {service.Fallback}",
    };
}
