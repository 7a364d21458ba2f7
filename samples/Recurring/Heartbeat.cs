using Jobs;

namespace Recurring;

/// <summary>Declared with its cron: stored when the application starts, by its own name.</summary>
[Job("heartbeat", Cron = "*/5 * * * * *")]
public sealed class Heartbeat : IJobHandler
{
    public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{DateTimeOffset.Now:HH:mm:ss} alive");
        return default;
    }
}
