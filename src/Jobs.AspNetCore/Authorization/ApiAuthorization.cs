using System.Security.Claims;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.AspNetCore.Authorization;

/// <summary>Asks the application's policies. What no policy allows is refused.</summary>
internal sealed class ApiAuthorization(JobsApiOptions options, bool isOpen)
{
    private readonly AccessPolicies _policies = new(options);

    /// <summary>Access to one job, whose name and queue are known.</summary>
    public ValueTask<Caller> DemandJobAsync(HttpContext context, Access access, string name, string queue) =>
        DemandAsync(context, _policies.ForJob(access, name, queue), allowsOwn: access is not Access.Submit);

    /// <summary>Access to all jobs that a filter can match.</summary>
    public ValueTask<Caller> DemandFilterAsync(HttpContext context, Access access, string? name, string? queue) =>
        DemandAsync(context, _policies.ForFilter(access, name, queue), allowsOwn: access is not Access.Submit);

    /// <summary>Access to what belongs to nobody in particular, such as workers.</summary>
    public ValueTask<Caller> DemandGeneralAsync(HttpContext context, Access access) =>
        DemandAsync(context, [_policies.General(access)], allowsOwn: false);

    /// <summary>Access to everybody's jobs that match.</summary>
    public ValueTask<Caller> DemandEverybodysAsync(HttpContext context, Access access, string? name, string? queue) =>
        DemandAsync(context, _policies.ForFilter(access, name, queue), allowsOwn: false);

    /// <summary>Access to what everybody may see who may do anything at all.</summary>
    public async ValueTask DemandAnyAsync(HttpContext context)
    {
        if (isOpen)
        {
            return;
        }

        var wasAuthenticated = false;
        foreach (var policy in _policies.Named())
        {
            var (isAllowed, isAuthenticated, _) = await EvaluateAsync(context, policy).ConfigureAwait(false);
            wasAuthenticated |= isAuthenticated;
            if (isAllowed)
            {
                return;
            }
        }

        throw Refuse(wasAuthenticated);
    }

    /// <summary>Whose job a submitted one is: the caller's, or somebody else's for those who may say so.</summary>
    public async ValueTask<string?> ResolveSubmitterAsync(HttpContext context, Caller caller, string? requested)
    {
        if (requested is null || string.Equals(requested, caller.Identity, StringComparison.Ordinal))
        {
            return caller.Identity;
        }

        var mayName = isOpen || (options.OnBehalfOfPolicy is { } policy && (await EvaluateAsync(context, policy).ConfigureAwait(false)).IsAllowed);
        return mayName ? requested : throw new ApiException(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "You may not submit jobs on behalf of somebody else. Leave options.submitter out, or ask for the OnBehalfOf policy.");
    }

    /// <summary>Access to redacted values, for somebody who may look at the job already.</summary>
    public async ValueTask DemandRevealAsync(HttpContext context)
    {
        if (!isOpen && !(options.RevealPolicy is { } policy && (await EvaluateAsync(context, policy).ConfigureAwait(false)).IsAllowed))
        {
            throw new ApiException(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "You may not see redacted values. Leave reveal out, or ask for the Reveal policy.");
        }
    }

    private static ApiException Refuse(bool isAuthenticated) => isAuthenticated
        ? new ApiException(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "You may not do this. When a filter covers jobs or queues with policies of their own, narrow it.")
        : new ApiException(StatusCodes.Status401Unauthorized, ProblemCodes.Unauthenticated, "This needs a caller who is known. Send credentials.");

    private async ValueTask<Caller> DemandAsync(HttpContext context, IReadOnlyCollection<string> policies, bool allowsOwn)
    {
        if (isOpen)
        {
            return new Caller(context.User.Identity?.IsAuthenticated == true ? options.Submitter(context.User) : null, OwnOnly: false);
        }

        var wasAuthenticated = false;
        var isAllowed = true;
        ClaimsPrincipal? principal = null;
        foreach (var policy in policies)
        {
            var evaluation = await EvaluateAsync(context, policy).ConfigureAwait(false);
            wasAuthenticated |= evaluation.IsAuthenticated;
            principal = evaluation.User ?? principal;
            isAllowed &= evaluation.IsAllowed;
        }

        if (isAllowed && policies.Count > 0)
        {
            return new Caller(Identity(principal), OwnOnly: false);
        }

        if (allowsOwn && options.OwnPolicy is { } own)
        {
            var evaluation = await EvaluateAsync(context, own).ConfigureAwait(false);
            wasAuthenticated |= evaluation.IsAuthenticated;
            if (evaluation.IsAllowed && Identity(evaluation.User) is { } identity)
            {
                return new Caller(identity, OwnOnly: true);
            }
        }

        throw Refuse(wasAuthenticated);
    }

    private string? Identity(ClaimsPrincipal? user) => user?.Identity?.IsAuthenticated == true ? options.Submitter(user) : null;

    private static async ValueTask<(bool IsAllowed, bool IsAuthenticated, ClaimsPrincipal? User)> EvaluateAsync(HttpContext context, string policyName)
    {
        var services = context.RequestServices;
        if (policyName.Length == 0)
        {
            var known = context.User.Identity?.IsAuthenticated == true || (await TryAuthenticateAsync(context).ConfigureAwait(false))?.Identity?.IsAuthenticated == true;
            return (false, known, context.User);
        }

        var policy = await services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(policyName).ConfigureAwait(false)
            ?? throw new JobException(JobErrorCodes.Configuration, $"There is no authorization policy '{policyName}'. Add it with AddAuthorizationBuilder().AddPolicy(\"{policyName}\", …).");
        if (policy.AuthenticationSchemes.Count == 0 && context.User.Identity?.IsAuthenticated != true && await TryAuthenticateAsync(context).ConfigureAwait(false) is { } found)
        {
            context.User = found;
        }

        var evaluator = services.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        var authorization = await evaluator.AuthorizeAsync(policy, authentication, context, context).ConfigureAwait(false);
        var user = authentication.Principal ?? context.User;
        return (authorization.Succeeded, authentication.Succeeded || user.Identity?.IsAuthenticated == true, user);
    }

    /// <summary>For applications without UseAuthentication: asks the default scheme, if there is one.</summary>
    private static async ValueTask<ClaimsPrincipal?> TryAuthenticateAsync(HttpContext context)
    {
        var schemes = context.RequestServices.GetService<IAuthenticationSchemeProvider>();
        return schemes is null || await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is null
            ? null
            : (await context.AuthenticateAsync().ConfigureAwait(false)).Principal;
    }
}
