namespace Jobs.Storage;

/// <summary>What a pause holds up. The numbers are stored.</summary>
public enum PauseScope
{
    /// <summary>Every claim.</summary>
    Everything = 0,

    /// <summary>The jobs of a queue.</summary>
    Queue = 1,

    /// <summary>The jobs of a name.</summary>
    Job = 2,

    /// <summary>What a worker would claim.</summary>
    Worker = 3,

    /// <summary>The jobs with a concurrency key.</summary>
    ConcurrencyKey = 4,
}
