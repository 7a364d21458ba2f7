namespace Jobs.Benchmarks;

/// <summary>Does nothing but count, so that what is measured is the framework.</summary>
[Job("no-op")]
public sealed class NoOp(Countdown countdown) : IJobHandler<Mail>
{
    public ValueTask HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken)
    {
        countdown.Signal();
        return ValueTask.CompletedTask;
    }
}
