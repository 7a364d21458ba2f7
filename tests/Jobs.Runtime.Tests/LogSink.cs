using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Jobs.Runtime.Tests;

/// <summary>Keeps every log line with its scopes.</summary>
internal sealed class LogSink : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    public ConcurrentQueue<LogLine> Lines { get; } = new();

    public IEnumerable<LogLine> Of(int eventId) => Lines.Where(line => line.Id == eventId && line.Category == "Jobs");

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogSink sink, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new Dictionary<string, object?>();
            sink._scopes?.ForEachScope(
                static (scope, into) =>
                {
                    if (scope is IEnumerable<KeyValuePair<string, object?>> values)
                    {
                        foreach (var (key, value) in values)
                        {
                            into[key] = value;
                        }
                    }
                },
                scopes);
            sink.Lines.Enqueue(new LogLine(category, logLevel, eventId.Id, formatter(state, exception), exception, scopes));
        }
    }
}
