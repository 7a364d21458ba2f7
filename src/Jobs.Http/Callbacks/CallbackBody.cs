namespace Jobs.Http.Callbacks;

/// <summary>What a receiver gets, in the shape that the Standard Webhooks specification proposes.</summary>
/// <param name="Type"><c>job.completed</c>, <c>job.failed</c> or <c>job.cancelled</c>.</param>
/// <param name="Timestamp">When the job ended.</param>
/// <param name="Data">How it ended.</param>
internal sealed record CallbackBody(string Type, DateTimeOffset Timestamp, CallbackData Data);
