namespace Jobs.Sqlite;

/// <summary>What a transaction has to tell once it has committed. Signals are hints, so one that a rollback made untrue does no harm.</summary>
internal sealed class CommitSignals
{
    public bool JobsReady { get; set; }

    public List<JobId> Ended { get; } = [];

    public List<JobId> CancelRequested { get; } = [];

    public void Clear()
    {
        JobsReady = false;
        Ended.Clear();
        CancelRequested.Clear();
    }
}
