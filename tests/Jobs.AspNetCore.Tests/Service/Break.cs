namespace Jobs.AspNetCore.Tests;

[Job("break", MaxAttempts = 1)]
public sealed class Break : IJobHandler
{
    public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => throw context.Fail("It is broken.");
}
