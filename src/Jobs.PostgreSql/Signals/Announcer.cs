using Microsoft.Extensions.Logging;

namespace Jobs.PostgreSql;

/// <summary>
/// Tells the other processes what happened here, gathered: committing transactions that notify take turns in PostgreSQL, each until
/// its log is on disk, so the hot statements don't, and one notification per pause tells it all. The first one goes out at once, and
/// the last ones without a pause when this is disposed.
/// </summary>
internal sealed class Announcer(Func<string, CancellationToken, Task> send, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(25);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _due = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _sending = Task.CompletedTask;
    private bool _isSending;

    public void Announce(string payload)
    {
        lock (_gate)
        {
            if (!_due.Add(payload) || _isSending || _stop.IsCancellationRequested)
                return;

            _isSending = true;
            using (ExecutionContext.SuppressFlow())
                _sending = Task.Run(SendAllAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task SendAllAsync()
    {
        while (true)
        {
            string[] payloads;
            lock (_gate)
            {
                if (_due.Count == 0)
                {
                    _isSending = false;
                    return;
                }

                payloads = [.. _due];
                _due.Clear();
            }

            try
            {
                foreach (var payload in payloads)
                    await send(payload, CancellationToken.None).ConfigureAwait(false);

                await Task.Delay(_pause, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The last ones go out at once.
            }
            catch (JobException e)
            {
                Log.NotAnnounced(logger, e.Message);
            }
        }
    }
}
