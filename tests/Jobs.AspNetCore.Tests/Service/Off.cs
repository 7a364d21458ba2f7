namespace Jobs.AspNetCore.Tests;

[Job("off", Disabled = true)]
public sealed class Off : IJobHandler
{
    public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;
}
