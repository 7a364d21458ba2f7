namespace Jobs.Storage;

/// <summary>What the storage did with an outcome.</summary>
public enum OutcomeDisposition
{
    /// <summary>Nothing: the job is no longer held under this lease.</summary>
    Rejected,

    /// <summary>Stored as reported.</summary>
    Stored,

    /// <summary>Stored as cancelled, because cancelling had been asked for before the attempt ended.</summary>
    Cancelled,
}
