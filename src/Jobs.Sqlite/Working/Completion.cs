using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>A plain completion among the outcomes of an exchange, ordered by the job's number.</summary>
/// <param name="Job">The job's number.</param>
/// <param name="Lease">Its fence.</param>
/// <param name="Index">Its place among the outcomes.</param>
internal readonly record struct Completion(long Job, JobLease Lease, int Index) : IComparable<Completion>
{
    public int CompareTo(Completion other) => Job.CompareTo(other.Job);

    /// <summary>Whether the other one is of the next job of the same claim.</summary>
    public bool IsFollowedBy(Completion next) => next.Job == Job + 1 && next.Lease.Token == Lease.Token + 1 && next.Lease.Nonce == Lease.Nonce;
}
