using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>
/// A few connections that stay with the storage between its statements. A pool that resets its connections (DISCARD ALL, Npgsql's
/// default) throws the plans of the functions away with each, and planning them anew costs more than running them.
/// </summary>
internal sealed class KeptConnections : IAsyncDisposable
{
    /// <summary>Two exchanges, two flushes and an announcement may be under way; whatever else happens borrows from them or from the pool.</summary>
    private const int MaxKept = 5;

    /// <summary>So that a data source's changes of password and host take effect.</summary>
    private static readonly TimeSpan _maxAge = TimeSpan.FromMinutes(5);

    private readonly ConcurrentStack<(NpgsqlConnection Connection, long OpenedAt)> _idle = [];
    private bool _disposed;

    /// <summary>A kept connection, if one is idle.</summary>
    public bool TryTake(out NpgsqlConnection connection, out long openedAt)
    {
        var taken = _idle.TryPop(out var kept);
        (connection, openedAt) = kept;
        return taken;
    }

    /// <summary>Takes a connection back that is in order; keeps it or closes it.</summary>
    public async ValueTask ReturnAsync(NpgsqlConnection connection, long openedAt)
    {
        if (!_disposed && connection.FullState == ConnectionState.Open && _idle.Count < MaxKept && Stopwatch.GetElapsedTime(openedAt) < _maxAge)
            _idle.Push((connection, openedAt));
        else
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes what is idle: the server was lost, and with it probably all of them.</summary>
    public async ValueTask ClearAsync()
    {
        while (_idle.TryPop(out var kept))
            await kept.Connection.DisposeAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return ClearAsync();
    }
}
