using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>What is kept of the lines that handlers write to <see cref="JobContext.Logger"/>. They go to the application's log in any case.</summary>
public sealed class JobLogOptions
{
    /// <summary>
    /// The lowest level that is kept with a job; <see cref="LogLevel.None"/> keeps nothing. A job's own <see cref="JobAttribute.LogLevel"/>
    /// wins. Default: <see cref="LogLevel.Information"/>.
    /// </summary>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Information;

    /// <summary>How many lines are kept per job: 1 to 100,000. The oldest go first. Default: 1,000.</summary>
    public int MaxLines { get; set; } = 1000;

    /// <summary>How many characters are kept of a line: 100 to 100,000. Default: 4,096.</summary>
    public int MaxLineLength { get; set; } = 4096;
}
