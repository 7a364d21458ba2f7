using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AotWorker.Api;

/// <summary>Knows callers by the header X-Api-Key. A caller's name becomes the submitter of his jobs.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IReadOnlyList<ApiKey> keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string AccessClaim = "access";
    private const string Header = "X-Api-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var values = Request.Headers[Header];
        return Task.FromResult(values.Count == 0 ? AuthenticateResult.NoResult() : Authenticate(values.Count == 1 ? values[0]! : string.Empty));
    }

    private AuthenticateResult Authenticate(string sent)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(sent), hash);
        foreach (var key in keys)
        {
            if (key.Matches(hash))
            {
                var claims = key.Access.Select(static access => new Claim(AccessClaim, access)).Prepend(new Claim(ClaimTypes.NameIdentifier, key.Name));
                return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
            }
        }

        return AuthenticateResult.Fail($"The {Header} is none of the configured keys.");
    }
}
