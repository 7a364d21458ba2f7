using Jobs;

namespace Native;

/// <summary>A job that never succeeds.</summary>
[Job]
internal sealed class SweepJob : IJobHandler
{
    public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => throw context.Fail("No broom");
}
