using System.Data.Common;

namespace Jobs.Chaos.Tests.Databases;

/// <summary>The database of one scenario, read past the product: by SQL over its tables.</summary>
internal abstract class ChaosDatabase : IAsyncDisposable
{
    /// <summary>The storage's name on the command line of the processes.</summary>
    public abstract string Storage { get; }

    public abstract string ConnectionString { get; }

    /// <summary>Creates the application's own tables.</summary>
    public abstract Task CreateAuditTablesAsync();

    /// <summary>What breaks "a job is in exactly one place": nothing, at any moment.</summary>
    public abstract Task<IReadOnlyList<string>> FindViolationsAsync();

    /// <summary>Whether an error says that the database cannot be reached at the moment.</summary>
    public abstract bool IsAway(DbException exception);

    /// <summary>Whether a stopped process holds a lock that stops everybody else too.</summary>
    public abstract Task<bool> IsBlockedAsync();

    /// <summary>Whether the worker of a process has lost its lease.</summary>
    public abstract Task<bool> IsDeclaredDeadAsync(int processId);

    /// <summary>How many jobs have not ended, those named left out.</summary>
    public abstract Task<long> CountUnfinishedAsync(string exceptName);

    /// <summary>Edits the payloads of all jobs of a name into nonsense, by hand.</summary>
    public abstract Task<int> SpoilPayloadsAsync(string name);

    public abstract Task<IReadOnlyList<JobState>> ReadJobsAsync();

    public abstract Task<IReadOnlyList<JobRun>> ReadRunsAsync();

    public abstract Task<IReadOnlyList<AuditRow>> ReadAuditAsync(string table);

    public abstract ValueTask DisposeAsync();
}
