namespace Jobs.Storage;

/// <summary>
/// Hears from a storage. Signals are hints: they may be missing, late, repeated or about nothing, and every one has a poll
/// behind it. Implementations return at once and don't throw.
/// </summary>
public interface IJobStorageListener
{
    /// <summary>There may be jobs to claim.</summary>
    void OnJobsReady();

    /// <summary>Cancelling a running job was asked for.</summary>
    /// <param name="id">The job.</param>
    void OnCancelRequested(JobId id);

    /// <summary>A job ended, by whoever's doing.</summary>
    /// <param name="id">The job; null means "some job", look at those you wait for.</param>
    void OnJobEnded(JobId? id);

    /// <summary>A schedule was changed, perhaps so that one is due earlier than before.</summary>
    void OnSchedulesChanged()
    {
    }
}
