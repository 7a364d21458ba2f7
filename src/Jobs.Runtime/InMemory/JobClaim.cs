namespace Jobs.InMemory;

/// <summary>One claim of a worker, shared by all jobs that it took.</summary>
internal sealed class JobClaim(WorkerState worker, long claimedAt, long nonce)
{
    public WorkerState Worker => worker;

    public long ClaimedAt => claimedAt;

    public long Nonce => nonce;
}
