namespace Jobs.Execution;

/// <summary>Why an attempt's token was cancelled; the first cause stays.</summary>
internal enum CancelCause
{
    None,
    Timeout,
    Cancelled,
    LeaseLost,
    Shutdown,
}
