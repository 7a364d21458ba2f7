namespace Jobs.Storage;

/// <summary>What a storage can do. A test of the conformance suite that a storage cannot pass must be excused by one of these.</summary>
public sealed record StorageCapabilities
{
    /// <summary>The storage's name for people, such as "PostgreSQL".</summary>
    public required string Name { get; init; }

    /// <summary>Whether accepted jobs survive the end of the process.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Whether several processes may share it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it takes part in transactions of the application.</summary>
    public bool SupportsTransactions { get; init; }

    /// <summary>How many exchanges of one worker may be under way at once to good effect. Default: 1.</summary>
    public int ExchangeConcurrency { get; init; } = 1;

    /// <summary>How long a worker with running jobs may hold outcomes back to send more of them at once. Default: zero, send at once.</summary>
    public TimeSpan OutcomeLinger { get; init; }
}
