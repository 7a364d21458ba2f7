using System.Data.Common;

namespace Jobs.Storage.Conformance;

/// <summary>What the suite needs to know about a storage. Each test has a harness of its own, and with it data of its own.</summary>
public abstract class StorageHarness : IAsyncDisposable
{
    /// <summary>How many finished jobs the storage is to keep at most, set before <see cref="CreateAsync"/>; null: its default.</summary>
    public int? MaxFinished { get; set; }

    /// <summary>Opens and initializes a storage on fresh, empty data. Called once per harness. The suite disposes the storage.</summary>
    /// <param name="cancellationToken">Cancelled when the test run is.</param>
    public abstract ValueTask<IJobStorage> CreateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens and initializes one more instance on the data of <see cref="CreateAsync"/>, as another process would: beside the
    /// first, which a shared storage must allow, or after it was disposed, which a durable one must survive.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the test run is.</param>
    public virtual ValueTask<IJobStorage> OpenAnotherAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType().Name} does not open a second instance; a durable or shared storage needs it.");

    /// <summary>Moves the storage's clock forward. The clock may also run by itself: the suite never relies on its standing still.</summary>
    /// <param name="by">How far; whole milliseconds.</param>
    public abstract ValueTask AdvanceAsync(TimeSpan by);

    /// <summary>The storage's clock.</summary>
    public abstract ValueTask<DateTimeOffset> GetNowAsync();

    /// <summary>Begins a transaction on the storage's database, on a connection of its own that is closed with the transaction or the harness.</summary>
    /// <param name="cancellationToken">Cancelled when the test run is.</param>
    public virtual ValueTask<DbTransaction> BeginTransactionAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType().Name} does not begin transactions; a storage that supports them needs it.");

    /// <summary>
    /// Whether others can write while a transaction of <see cref="BeginTransactionAsync"/> is open. False for a database with one
    /// writer at a time, such as SQLite, where they would wait for its end.
    /// </summary>
    public virtual bool CanWriteBesideTransactions => true;

    /// <summary>Whether <see cref="SimulateOutageAsync"/> works.</summary>
    public virtual bool CanSimulateOutage => false;

    /// <summary>Lets time pass during which nobody could reach the storage, as a restart of its server would, and makes it reachable again.</summary>
    /// <param name="duration">How long.</param>
    public virtual ValueTask SimulateOutageAsync(TimeSpan duration) =>
        throw new NotSupportedException($"{GetType().Name} does not simulate outages.");

    /// <summary>
    /// Looks at the storage's data, not at its interface, and describes everything that breaks "a job is in exactly one place:
    /// ready, scheduled, held under one lease, or ended", and keys or other rows without a job. Called after every test and
    /// while stress tests run, so it must see a consistent state.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the test run is.</param>
    public abstract ValueTask<IReadOnlyList<string>> FindInvariantViolationsAsync(CancellationToken cancellationToken);

    /// <summary>Removes the data.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
