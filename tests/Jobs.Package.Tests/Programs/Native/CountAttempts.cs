using Jobs;

namespace Native;

public sealed class Attempts
{
    private int _count;

    public int Count => _count;

    public void Add() => Interlocked.Increment(ref _count);
}

public sealed class CountAttempts(Attempts attempts) : IJobMiddleware
{
    public ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        attempts.Add();
        return next(context, cancellationToken);
    }
}
