namespace AotWorker.Numbers;

internal static partial class NumbersLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} primes up to {UpTo}")]
    public static partial void Counted(ILogger logger, long count, long upTo);
}
