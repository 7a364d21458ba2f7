using Microsoft.Extensions.Logging;

namespace Jobs.PostgreSql;

/// <summary>
/// The driver's log, with what it says at Information one level lower: every statement is told there, and a worker makes many in a
/// second. Warnings and errors stay what they are.
/// </summary>
internal sealed class DriverLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Lowered(loggers.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // It is the application's.
    }

    private sealed class Lowered(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(Lower(logLevel));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var level = Lower(logLevel);
            if (logger.IsEnabled(level))
                logger.Log(level, eventId, state, exception, formatter);
        }

        private static LogLevel Lower(LogLevel level) => level == LogLevel.Information ? LogLevel.Debug : level;
    }
}
