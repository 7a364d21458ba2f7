namespace Jobs.AspNetCore.Tests;

public sealed record LoginInput(string Name, [property: Redacted] string Password);

public sealed record LoginResult(string Name, [property: Redacted] string Token);

[Job("login")]
public sealed class Login : IJobHandler<LoginInput, LoginResult>
{
    public ValueTask<LoginResult> HandleAsync(LoginInput input, JobContext context, CancellationToken cancellationToken) =>
        new(new LoginResult(input.Name, "token of " + input.Password));
}
