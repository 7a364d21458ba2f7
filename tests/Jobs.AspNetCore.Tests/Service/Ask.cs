namespace Jobs.AspNetCore.Tests;

public sealed record Approval(bool IsGranted, string By);

/// <summary>Asks somebody, and goes on with the answer.</summary>
[Job("ask", StepTypes = [typeof(Approval)])]
public sealed class Ask : IJobHandler<string, string>
{
    public async ValueTask<string> HandleAsync(string input, JobContext context, CancellationToken cancellationToken)
    {
        var token = await context.CreateWaitTokenAsync("approval", "1d", cancellationToken);

        // What a letter would carry. A step that sends it returns nothing, so that readers of the steps cannot answer.
        await context.StepAsync("send", _ => Task.FromResult(token.ToString()), cancellationToken);
        var approval = await context.WaitForAsync<Approval>(token, cancellationToken);
        return $"{input}: {(approval.IsGranted ? "granted" : "refused")} by {approval.By}";
    }
}
