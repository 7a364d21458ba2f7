using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Http.Client;

/// <summary>Follows server-sent events, and comes back after a break where it left off.</summary>
/// <param name="connection">The way to the service.</param>
/// <param name="path">What is followed.</param>
/// <param name="type">What the events carry.</param>
/// <param name="lastId">The last event that is known already; null for none.</param>
internal sealed class EventSource<T>(JobsConnection connection, string path, JsonTypeInfo<T> type, string? lastId)
{
    private string? _lastId = lastId;
    private bool _wasOpened;

    /// <summary>The events, until the service says <c>end</c> or there is no such job. Once it was reached, breaks are waited out, however long.</summary>
    /// <exception cref="JobException">The service refuses it, or could not be reached in the first place.</exception>
    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            HttpResponseMessage? response;
            try
            {
                response = await OpenAsync(failures, cancellationToken).ConfigureAwait(false);
            }
            catch (JobNotFoundException)
            {
                yield break;
            }

            if (response is not null)
            {
                using var opened = response;
                var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                var stream = new WatchedStream(body, connection.Options.StreamIdleTimeout, connection.Time);
                await using var closing = stream.ConfigureAwait(false);
                var events = SseParser.Create(stream, static (_, data) => data.ToArray()).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
                await using (events.ConfigureAwait(false))
                {
                    while (await MoveNextAsync(events).ConfigureAwait(false))
                    {
                        failures = 0;
                        if (events.Current.EventType == "end")
                        {
                            yield break;
                        }

                        _lastId = events.Current.EventId is { Length: > 0 } id ? id : _lastId;
                        yield return JsonSerializer.Deserialize(events.Current.Data, type)!;
                    }
                }
            }

            await Task.Delay(connection.Pause(++failures), connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the stream; null when it is worth another try.</summary>
    private async ValueTask<HttpResponseMessage?> OpenAsync(int failures, CancellationToken cancellationToken)
    {
        try
        {
            var response = await connection.OpenAsync(path, _lastId, cancellationToken).ConfigureAwait(false);
            _wasOpened = true;
            return response;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return _wasOpened || failures + 1 < connection.Options.MaxAttempts
                ? null
                : throw new JobException(JobErrorCodes.Storage, $"The jobs service cannot be reached: {exception.Message} It was tried {failures + 1} times.", null, exception);
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<SseItem<byte[]>> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The stream broke off.
            return false;
        }
    }
}
