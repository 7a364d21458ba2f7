namespace Jobs;

/// <summary>Why an attempt or a job failed.</summary>
public enum FailureReason
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>The handler, its constructor or a middleware threw.</summary>
    HandlerError,

    /// <summary>The attempt ran longer than its timeout.</summary>
    Timeout,

    /// <summary>No live worker has a handler for the job's name.</summary>
    NoHandler,

    /// <summary>The stored payload cannot be read as the input, or breaks its rules.</summary>
    InvalidPayload,

    /// <summary>The handler said that trying again is of no use.</summary>
    NonRetryable,

    /// <summary>The workers that ran it died, too many times.</summary>
    Stalled,

    /// <summary>A job that it depends on failed or was cancelled.</summary>
    DependencyFailed,

    /// <summary>The handler completed the job in its own transaction, which then did not commit.</summary>
    CompletionNotCommitted,
}
