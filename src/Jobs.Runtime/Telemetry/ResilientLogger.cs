using Microsoft.Extensions.Logging;

namespace Jobs.Telemetry;

/// <summary>
/// The runtime's own logger. A logging provider that throws (a full disk, a closed connection) must not end a loop or lose an
/// attempt, and where else than in the log could one say so.
/// </summary>
internal sealed class ResilientLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return inner.BeginScope(state);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // Providers have had their chance; see above.
        }
    }
}
