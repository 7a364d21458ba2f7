namespace Jobs.AspNetCore.Tests;

/// <summary>Runs until the test lets it go.</summary>
[Job("hold")]
public sealed class Hold(Gate gate) : IJobHandler<string, string>
{
    public async ValueTask<string> HandleAsync(string input, JobContext context, CancellationToken cancellationToken)
    {
        gate.Entered.TrySetResult();
        await context.ReportProgressAsync(50, "half", cancellationToken);
        await gate.Opened.Task.WaitAsync(cancellationToken);
        return input;
    }
}
