namespace Jobs.Execution;

/// <summary>A completion that the handler wrote in a transaction of its own.</summary>
internal sealed class HandlerCompletion(byte[]? result)
{
    public byte[]? Result => result;

    /// <summary>Whether the transaction is known to have committed.</summary>
    public bool IsCommitted { get; set; }
}
