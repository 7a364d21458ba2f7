using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Jobs.Hosting.Tests.Upgrades;

/// <summary>Keeps the warnings with one event id.</summary>
internal sealed class WarningLog(int eventId) : ILoggerProvider, ILogger
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

    public ValueTask<string> NextAsync() => _messages.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (id.Id == eventId)
        {
            _messages.Writer.TryWrite(formatter(state, exception));
        }
    }

    public void Dispose()
    {
    }
}
