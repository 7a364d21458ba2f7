using System.Diagnostics;

namespace Jobs.Sqlite;

/// <summary>
/// Notices commits of other processes, and of the application's own transactions, on the writer's connection: its data_version changes
/// with commits of every other connection and with none of its own. Works on the writer's thread, whose waiting it bounds.
/// </summary>
internal sealed class ChangeDetector(StatementSet statements, StorageListeners listeners, SqliteOptions options)
{
    private long? _version;
    private long _lastLook;

    /// <summary>How long the writer may wait for requests before somebody has to look.</summary>
    public TimeSpan NextLookIn => listeners.Any ? options.ChangePollInterval : Timeout.InfiniteTimeSpan;

    /// <summary>Looks, if it is time to, and tells the listeners.</summary>
    public void Look()
    {
        if (!listeners.Any)
        {
            _version = null;
            return;
        }

        if (_version is not null && Stopwatch.GetElapsedTime(_lastLook) < options.ChangePollInterval)
            return;

        _lastLook = Stopwatch.GetTimestamp();
        var version = Read();
        var isChanged = version != _version;
        _version = version;

        // The first look after somebody began to listen counts as a change: what happened before it is unknown.
        if (isChanged)
            listeners.TellOfChanges(ReadCancelRequests());
    }

    private long Read()
    {
        var read = statements["data-version"];
        read.Step();
        var version = read.Int64(0);
        read.Run();
        return version;
    }

    private List<JobId> ReadCancelRequests()
    {
        var ids = new List<JobId>();
        var read = statements["read-cancelled-leases"].BindNull(1);
        while (read.Step())
            ids.Add(IssuedId.Of(read.Int64(0), read.Int64(1), read.Blob(2)));

        return ids;
    }
}
