namespace Jobs.Chaos.Handlers;

/// <summary>Never succeeds.</summary>
[Job("poisoned", MaxAttempts = 2, Backoff = BackoffKind.Fixed, BackoffDelay = "100ms")]
internal sealed class Poisoned : IJobHandler<Work>
{
    public ValueTask HandleAsync(Work input, JobContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This job always fails.");
}
