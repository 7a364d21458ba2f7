namespace Jobs.Storage;

/// <summary>
/// The fence of one claim. Every write of a worker about a job carries it, and is accepted only while the job is held under
/// exactly this lease.
/// </summary>
/// <remarks>
/// The token only grows, which orders claims. The nonce is random per claim batch: a claim that was committed without waiting
/// for the disk can be lost in a crash, and its token issued again.
/// </remarks>
/// <param name="Token">From one sequence of the storage; never 0.</param>
/// <param name="Nonce">Random.</param>
public readonly record struct JobLease(long Token, long Nonce);
