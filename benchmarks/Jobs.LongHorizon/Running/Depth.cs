using Microsoft.Extensions.Logging;

namespace Jobs.LongHorizon.Running;

/// <summary>How many jobs are due and not yet claimed, as the product's manager tells.</summary>
internal sealed partial class Depth(IJobManager manager, ILogger<Depth> logger)
{
    /// <summary>The last one that could be read.</summary>
    public long Last { get; private set; }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Last = (await manager.ListQueuesAsync(cancellationToken)).Sum(static queue => queue.Pending);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever the storage meets, the samples go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailure(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading the depth failed: {Reason}")]
    private partial void LogFailure(string reason);
}
