namespace Jobs;

/// <summary>How jobs are stored in a SQLite file.</summary>
public sealed class SqliteOptions
{
    /// <summary>What an awaited call survives. Default: <see cref="SqliteDurability.Full"/>.</summary>
    public SqliteDurability Durability { get; set; } = SqliteDurability.Full;

    /// <summary>How long a write waits for another connection's transaction before it fails: 0 to 10 minutes. Default: 5 seconds.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often, while a worker or a waiter listens, this process looks whether another connection has written to the file: 1 millisecond
    /// to 1 minute. Default: 50 milliseconds. A look costs a few microseconds; work of this process is noticed at once, without it.
    /// </summary>
    public TimeSpan ChangePollInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The clock that decides what is due and what has expired. All processes share a machine, so the default, its clock, is the storage's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// How many finished jobs are kept, all states together; beyond it, those that ended first are removed before their own retention would,
    /// with the next maintenance, in batches. Null: their retention alone decides. Not negative. Default: null. The first start with a value
    /// builds an index of finished jobs by their end, which is kept from then on.
    /// </summary>
    public int? MaxFinished { get; set; }

    internal void Validate()
    {
        Require(MaxFinished is null or >= 0, $"{nameof(MaxFinished)} must not be negative, it is {MaxFinished}; leave it null to keep finished jobs for their retention");
        Require(Enum.IsDefined(Durability), $"{nameof(Durability)} must be {nameof(SqliteDurability.Full)} or {nameof(SqliteDurability.Normal)}");
        Require(BusyTimeout >= TimeSpan.Zero && BusyTimeout <= TimeSpan.FromMinutes(10), $"{nameof(BusyTimeout)} must be between 0 and 10 minutes, not {BusyTimeout}");
        Require(ChangePollInterval >= TimeSpan.FromMilliseconds(1) && ChangePollInterval <= TimeSpan.FromMinutes(1), $"{nameof(ChangePollInterval)} must be between 1 millisecond and 1 minute, not {ChangePollInterval}");
        Require(TimeProvider is not null, $"{nameof(TimeProvider)} must not be null");

        static void Require(bool condition, string problem)
        {
            if (!condition)
                throw new JobException(JobErrorCodes.Configuration, $"SqliteOptions.{problem}.");
        }
    }
}
