namespace Jobs.Storage;

/// <summary>What changing a job came to.</summary>
public enum ChangeOutcome
{
    /// <summary>There is no such job.</summary>
    NotFound,

    /// <summary>It is not in a state in which this can be done to it. Nothing was changed.</summary>
    WrongState,

    /// <summary>It was done.</summary>
    Done,
}
