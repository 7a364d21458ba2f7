using Microsoft.Extensions.Logging;

namespace Jobs.Runtime.Tests;

internal sealed record LogLine(string Category, LogLevel Level, int Id, string Text, Exception? Exception, IReadOnlyDictionary<string, object?> Scopes);
