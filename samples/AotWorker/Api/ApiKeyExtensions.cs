using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AotWorker.Api;

internal static class ApiKeyExtensions
{
    /// <summary>Authenticates by the keys of the configuration; one policy for each kind of access. Without keys, nobody may do anything.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services, IConfigurationSection section)
    {
        // Not AddAuthentication: it brings the key ring that protects cookies, which costs start-up time, memory and a file, and is not needed here.
        services.AddAuthenticationCore(static options => options.DefaultScheme = ApiKeyHandler.SchemeName);
        services.AddWebEncoders();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(ApiKey.Read(section.GetSection("Keys")));
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var access in ApiAccess.All)
        {
            authorization.AddPolicy(access, policy => policy.RequireClaim(ApiKeyHandler.AccessClaim, access));
        }

        return services;
    }
}
