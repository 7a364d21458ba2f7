using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.AspNetCore.Authorization;

/// <summary>Refuses an API that would be open by accident, at start.</summary>
internal static class AccessRules
{
    /// <summary>Whether anybody may do anything: said so, or Development without a policy.</summary>
    /// <exception cref="JobException">No policy is named, or one that does not exist.</exception>
    public static bool CheckIsOpen(JobsApiOptions options, IServiceProvider services, bool isDevelopment)
    {
        var named = new AccessPolicies(options).Named().ToList();
        if (options.IsOpen)
        {
            return named.Count == 0 ? true : throw Wrong("AllowAnonymous was called and policies are named. Leave one of them out.");
        }

        if (named.Count == 0)
        {
            return isDevelopment ? true : throw Wrong("no policy says who may call it. Name one, MapJobs(\"/jobs\", api => api.Policy = \"…\"), or say that it is open to everybody who reaches it, api.AllowAnonymous().");
        }

        if (services.GetService<IPolicyEvaluator>() is null || services.GetService<IAuthorizationPolicyProvider>() is not { } provider)
        {
            throw Wrong("it names policies, but the application has no authorization. Call builder.Services.AddAuthorization().");
        }

        foreach (var name in named)
        {
            // A provider that looks elsewhere, and so is not done at once, is asked with the first request.
            var policy = provider.GetPolicyAsync(name);
            if (policy.IsCompletedSuccessfully && policy.Result is null)
            {
                throw Wrong($"there is no authorization policy '{name}'. Add it with AddAuthorizationBuilder().AddPolicy(\"{name}\", …).");
            }
        }

        return false;
    }

    private static JobException Wrong(string problem) => new(JobErrorCodes.Configuration, "MapJobs is refused: " + problem);
}
