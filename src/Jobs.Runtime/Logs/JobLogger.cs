using System.Globalization;
using Jobs.Execution;
using Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace Jobs.Logs;

/// <summary>What a handler writes here goes to the application's log, and is kept with the job.</summary>
internal sealed class JobLogger(ILogger inner, AttemptContext context, JobLogBuffer buffer) : ILogger
{
    private const int MaxFields = 32;
    private const int MaxFieldLength = 1000;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => new JobLoggerScope(buffer.Scopes.Push(state), inner.BeginScope(state));

    public bool IsEnabled(LogLevel logLevel) => IsKept(logLevel) || inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        inner.Log(logLevel, eventId, state, exception, formatter);
        if (IsKept(logLevel) && context.TryGetLease(out var lease))
        {
            var message = formatter(state, exception);
            if (exception is not null)
            {
                message = message.Length == 0 ? exception.ToString() : $"{message}\n{exception}";
            }

            buffer.Add(new JobLogLine(
                context.JobId,
                lease,
                context.Attempt,
                buffer.Time.GetUtcNow(),
                logLevel,
                AttemptErrors.Cut(message, buffer.Options.MaxLineLength)!,
                FieldsOf(state)));
        }
    }

    private bool IsKept(LogLevel level) => level >= context.Execution.Job.LogLevel && level is not LogLevel.None;

    private Dictionary<string, string>? FieldsOf<TState>(TState state)
    {
        var fields = new FieldSet();
        buffer.Scopes.ForEachScope(static (scope, fields) => Add(fields, scope), fields);
        Add(fields, state);
        return fields.Values;
    }

    private static void Add(FieldSet fields, object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
        {
            return;
        }

        foreach (var (name, value) in values)
        {
            if (name is "{OriginalFormat}" || value is null || fields.Values is { Count: >= MaxFields })
            {
                continue;
            }

            var text = value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString();
            (fields.Values ??= new Dictionary<string, string>(StringComparer.Ordinal))[AttemptErrors.Cut(name, MaxFieldLength)!] = AttemptErrors.Cut(text, MaxFieldLength) ?? string.Empty;
        }
    }

    private sealed class FieldSet
    {
        public Dictionary<string, string>? Values { get; set; }
    }
}
