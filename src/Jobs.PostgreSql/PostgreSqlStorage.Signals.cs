namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    /// <summary>Whether notifications arrive here; for tests.</summary>
    internal NotificationListener Listener => _listener;

    private void OnNotification(string payload)
    {
        if (payload.Length == 0)
            return;

        var argument = payload.Length > 2 ? payload.AsSpan(2) : [];
        switch (payload[0])
        {
            case Notification.Ready when !argument.SequenceEqual(_sender):
                _signals.JobsReady();
                break;
            case Notification.Ended when !argument.SequenceEqual(_sender):
                _signals.JobEnded(null);
                break;
            case Notification.Schedules when !argument.SequenceEqual(_sender):
                _signals.SchedulesChanged();
                break;
            case Notification.Cancel when JobId.TryParse(argument, null, out var id):
                _signals.CancelRequested(id);
                break;
        }
    }

    /// <summary>What was notified before the connection listened was missed.</summary>
    private void OnListening()
    {
        _signals.JobsReady();
        _signals.JobEnded(null);
        _signals.SchedulesChanged();
    }

    private void SignalReady()
    {
        _signals.JobsReady();
        _announcer.Announce(Notification.Format(Notification.Ready, _sender));
    }

    private void AnnounceEnded() => _announcer.Announce(Notification.Format(Notification.Ended, _sender));

    /// <summary>There is nothing that would have to be on disk, so nobody waits for it, least of all the next commit that notifies.</summary>
    private async Task SendAsync(string payload, CancellationToken cancellationToken) =>
        await ScalarAsync<object?>("SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", cancellationToken, Parameter(_channel), Parameter(payload)).ConfigureAwait(false);
}
