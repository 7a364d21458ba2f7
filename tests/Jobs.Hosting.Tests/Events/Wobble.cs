namespace Jobs.Hosting.Tests.Events;

[Job(MaxAttempts = 2, Backoff = BackoffKind.Fixed, BackoffDelay = "1ms", DeadLetterTo = typeof(DeadLetters.Bury))]
public sealed class Wobble : IJobHandler<int>
{
    /// <summary>Fails in as many attempts as the input says.</summary>
    public async ValueTask HandleAsync(int input, JobContext context, CancellationToken cancellationToken)
    {
        await context.ReportProgressAsync(50, "half", cancellationToken);
        if (context.Attempt <= input)
        {
            throw new InvalidOperationException("Wobbled.");
        }
    }
}
