using System.Text.Json.Serialization;
using Jobs.Metadata;

namespace Jobs;

/// <summary>
/// A job that failed for good, as the input of the job that <see cref="JobAttribute.DeadLetterTo"/> names. A handler of this type
/// takes the dead letters of any job; one of <see cref="DeadLetter{TInput}"/> those of one input.
/// </summary>
/// <remarks>
/// The letter is stored in the step that fails the job, whoever fails it. It carries the failed job's tags, metadata, submitter and
/// trace, and in its metadata under <see cref="MetadataKey"/> the failed job's id. A dead letter that fails for good makes no further one.
/// </remarks>
[JsonConverter(typeof(DeadLetterConverter))]
public record DeadLetter
{
    /// <summary>The key in a letter's metadata whose value is the id of the job that failed.</summary>
    public const string MetadataKey = "dead-letter-of";

    /// <summary>The job that failed. Its record may be gone already.</summary>
    public required JobId JobId { get; init; }

    /// <summary>Its stored name.</summary>
    public required string JobName { get; init; }

    /// <summary>Its queue.</summary>
    public required string Queue { get; init; }

    /// <summary>How many of its runs counted; 0 when it never ran.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it failed for good.</summary>
    public DateTimeOffset FailedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public FailureReason Reason { get; init; }

    /// <summary>The message of the last error.</summary>
    public string? Error { get; init; }

    /// <summary>The full name of the last exception's type; null when there was none.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The last exception's stack trace, cut to size; null when there was none.</summary>
    public string? StackTrace { get; init; }

    /// <summary>The failed job's input as it was stored, which need not be JSON; empty for a job without input.</summary>
    public required string RawPayload { get; init; }
}
