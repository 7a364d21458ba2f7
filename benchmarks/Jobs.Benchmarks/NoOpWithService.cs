namespace Jobs.Benchmarks;

/// <summary>The same with a service from the attempt's scope, as most handlers have.</summary>
[Job("no-op-with-service")]
public sealed class NoOpWithService(Arrivals arrivals) : IJobHandler<Mail>
{
    public ValueTask HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken)
    {
        arrivals.Signal();
        return ValueTask.CompletedTask;
    }
}
