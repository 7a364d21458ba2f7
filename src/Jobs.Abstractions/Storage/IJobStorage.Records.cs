namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>
    /// Makes the record of a job that is about to be inserted; nothing is stored yet. A storage that keeps jobs as objects makes
    /// the object that it will keep, so that there is one per job; the others need not care.
    /// </summary>
    /// <inheritdoc cref="JobRecord(JobKind, byte[], JobDetails?)" path="/param"/>
    JobRecord CreateRecord(JobKind kind, byte[] payload, JobDetails? details) => new(kind, payload, details);
}
