namespace Jobs.Storage;

/// <summary>What asking for a cancel came to.</summary>
public enum CancelOutcome
{
    /// <summary>There is no such job.</summary>
    NotFound,

    /// <summary>It had already ended.</summary>
    AlreadyEnded,

    /// <summary>It was waiting and is now cancelled.</summary>
    Cancelled,

    /// <summary>It is running; its worker is told.</summary>
    Requested,
}
