using Microsoft.Extensions.Logging;

namespace Jobs.Hosting.Tests.Logs;

[Job(MaxAttempts = 2, Backoff = BackoffKind.Fixed, BackoffDelay = "1ms")]
public sealed partial class Chatter(Gate gate) : IJobHandler<int>
{
    public async ValueTask HandleAsync(int input, JobContext context, CancellationToken cancellationToken)
    {
        using (context.Logger.BeginScope(new Dictionary<string, object> { ["Tenant"] = "t1" }))
        {
            for (var i = 1; i <= input; i++)
            {
                Said(context.Logger, i);
            }
        }

        Whispered(context.Logger);
        await gate.WaitAsync(cancellationToken);
        if (context.Attempt == 1)
        {
            Stumbled(context.Logger, new InvalidOperationException("Out of words."));
            throw new InvalidOperationException("Again, please.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Sentence {Number}.")]
    private static partial void Said(ILogger logger, int number);

    [LoggerMessage(LogLevel.Debug, "Aside.")]
    private static partial void Whispered(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Oops.")]
    private static partial void Stumbled(ILogger logger, Exception exception);
}
