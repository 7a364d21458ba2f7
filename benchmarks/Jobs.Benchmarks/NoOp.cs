namespace Jobs.Benchmarks;

/// <summary>Does nothing but count, so that what is measured is the framework. It needs no service, as the reference needs none.</summary>
[Job("no-op")]
public sealed class NoOp : IJobHandler<Mail>
{
    public ValueTask HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken)
    {
        Arrivals.Current.Signal();
        return ValueTask.CompletedTask;
    }
}
