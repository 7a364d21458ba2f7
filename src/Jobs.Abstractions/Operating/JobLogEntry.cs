using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>A line that a handler wrote to <see cref="JobContext.Logger"/>, as it is kept with the job.</summary>
/// <param name="Line">Its number within the job, from 1. Lines of several attempts are numbered on.</param>
/// <param name="At">When it was written, by the clock of the machine that ran the handler.</param>
/// <param name="Level">Its level.</param>
/// <param name="Message">The message, with the exception behind it if there was one; cut to <see cref="JobLogOptions.MaxLineLength"/>.</param>
/// <param name="Attempt">The attempt that wrote it.</param>
public sealed record JobLogEntry(long Line, DateTimeOffset At, LogLevel Level, string Message, int Attempt)
{
    /// <summary>The named values of the message and of the scopes around it, as text.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = FrozenDictionary<string, string>.Empty;
}
