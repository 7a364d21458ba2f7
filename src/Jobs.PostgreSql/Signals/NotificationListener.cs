using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>
/// Holds a connection that LISTENs, and opens it again when it is lost. Whether notifications really arrive is tried with one to
/// oneself, sent over another connection: behind a transaction pooler LISTEN succeeds and delivers nothing.
/// </summary>
internal sealed class NotificationListener(
    Func<CancellationToken, ValueTask<NpgsqlConnection>> open, string channel, string sender, Action<string> onNotification, Action onListening, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan _probeInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _probeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _poolerRetryDelay = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _firstOutcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private bool _isStarted;

    /// <summary>Whether notifications arrive. They may while this says no.</summary>
    public bool IsDelivering { get; private set; }

    /// <summary>Completes when the first attempt to listen has turned out one way or the other.</summary>
    public Task FirstOutcome => _firstOutcome.Task;

    public void Start()
    {
        lock (_gate)
        {
            if (_isStarted || _stop.IsCancellationRequested)
                return;

            _isStarted = true;
            using (ExecutionContext.SuppressFlow())
                _loop = Task.Run(RunAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var delay = _retryDelay;
            try
            {
                if (!await ListenAsync(_stop.Token).ConfigureAwait(false))
                {
                    Log.NotDelivering(logger);
                    delay = _poolerRetryDelay;
                }
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.ListenerLost(logger, e is JobException ? e.Message : StorageErrors.Translate(e).Message);
            }

            IsDelivering = false;
            _firstOutcome.TrySetResult();
            await Task.Delay(delay, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Listens until the connection is lost, which throws; false when notifications don't arrive.</summary>
    private async Task<bool> ListenAsync(CancellationToken cancellationToken)
    {
        var connection = await open(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var probed = false;
            connection.Notification += (_, e) =>
            {
                if (e.Payload == Notification.Format(Notification.Probe, sender))
                    probed = true;
                else
                    onNotification(e.Payload);
            };

            await ExecuteAsync(connection, $"LISTEN \"{channel}\"", cancellationToken).ConfigureAwait(false);
            while (true)
            {
                probed = false;
                await ProbeAsync(cancellationToken).ConfigureAwait(false);
                var deadline = TimeProvider.System.GetTimestamp();
                while (!probed)
                {
                    var left = _probeTimeout - TimeProvider.System.GetElapsedTime(deadline);
                    if (left > TimeSpan.Zero && (await connection.WaitAsync(left, cancellationToken).ConfigureAwait(false) || probed))
                        continue;

                    // The connection goes back to a pool; this fails, rightly, when it is half-open.
                    await ExecuteAsync(connection, "UNLISTEN *", cancellationToken).ConfigureAwait(false);
                    return IsDelivering ? throw new TimeoutException("The connection fell silent.") : false;
                }

                if (!IsDelivering)
                {
                    IsDelivering = true;
                    Log.Listening(logger);
                    _firstOutcome.TrySetResult();
                    onListening();
                }

                // Silence may also mean that the other side is gone without a word: then the next probe does not arrive.
                while (await connection.WaitAsync(_probeInterval, cancellationToken).ConfigureAwait(false))
                {
                }
            }
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var connection = await open(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            await ExecuteAsync(connection, $"NOTIFY \"{channel}\", '{Notification.Format(Notification.Probe, sender)}'", cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
