using Microsoft.Extensions.Logging;

namespace Jobs.Storage;

/// <summary>A line of a running attempt's log on its way to the storage, already cut to size.</summary>
/// <param name="Id">The job.</param>
/// <param name="Lease">The fence of the attempt.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="At">When it was written, by the worker's clock.</param>
/// <param name="Level">Its level.</param>
/// <param name="Message">The message.</param>
/// <param name="Fields">The named values of message and scopes; null when there are none.</param>
public readonly record struct JobLogLine(JobId Id, JobLease Lease, int Attempt, DateTimeOffset At, LogLevel Level, string Message, IReadOnlyDictionary<string, string>? Fields);
