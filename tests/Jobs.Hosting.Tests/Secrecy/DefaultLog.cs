using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Jobs.Hosting.Tests.Secrecy;

/// <summary>All that an application without settings of its own logs: texts, values, scopes and exceptions, from Information on.</summary>
internal sealed class DefaultLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Channel<(string Category, int Id)> _events = Channel.CreateUnbounded<(string, int)>();
    private IExternalScopeProvider? _scopes;

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Waits for an event that was not waited for before.</summary>
    public async Task WaitForAsync(string category, params int[] ids)
    {
        var missing = ids.ToHashSet();
        while (missing.Count > 0)
        {
            var (from, id) = await _events.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (from == category)
                missing.Remove(id);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private static string Text(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(static value => $"{value.Key}={value.Value}")) : $"{state}";

    private sealed class Logger(DefaultLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<string>();
            log._scopes?.ForEachScope(static (scope, into) => into.Add(Text(scope)), scopes);
            log._lines.Enqueue($"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)} | {Text(state)} | {string.Join(' ', scopes)} | {exception}");
            log._events.Writer.TryWrite((category, eventId.Id));
        }
    }
}
