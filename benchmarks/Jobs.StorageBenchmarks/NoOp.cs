namespace Jobs.StorageBenchmarks;

/// <summary>Does nothing but tell that it ran.</summary>
[Job("no-op")]
public sealed class NoOp(Arrivals arrivals) : IJobHandler<Mail>
{
    public ValueTask HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken)
    {
        arrivals.Signal();
        return ValueTask.CompletedTask;
    }
}
