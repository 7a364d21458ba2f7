using Microsoft.Extensions.Logging;

namespace Jobs.Hosting.Tests.Logs;

[Job(LogLevel = LogLevel.None)]
public sealed partial class Silent : IJobHandler
{
    public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken)
    {
        Said(context.Logger);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Critical, "Nobody keeps this.")]
    private static partial void Said(ILogger logger);
}
