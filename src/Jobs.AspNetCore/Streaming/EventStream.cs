using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Streaming;

/// <summary>Writes server-sent events.</summary>
internal sealed class EventStream(HttpResponse response)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public void Begin()
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";

        // Proxies that collect answers would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Writes one event and sends it.</summary>
    /// <param name="name">Its type.</param>
    /// <param name="id">What a client sends as Last-Event-ID when it comes back; null for none.</param>
    /// <param name="json">Its data, on one line.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public Task SendAsync(string name, string? id, ReadOnlySpan<byte> json, CancellationToken cancellationToken)
    {
        _buffer.ResetWrittenCount();
        if (id is not null)
        {
            Write("id: ", id);
        }

        Write("event: ", name);
        _buffer.Write("data: "u8);
        _buffer.Write(json);
        _buffer.Write("\n\n"u8);
        return FlushAsync(cancellationToken);
    }

    /// <summary>A comment, which clients pass over: it keeps proxies from closing the connection, and finds out whether anybody listens.</summary>
    public Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(": \n\n"u8);
        return FlushAsync(cancellationToken);
    }

    /// <summary>Shows that the stream is alive until a task is done, and gives its answer.</summary>
    public async Task<bool> KeepAliveUntilAsync(Task<bool> next, TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted)
        {
            using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = Task.Delay(interval, time, done.Token);
            if (await Task.WhenAny(next, pause).ConfigureAwait(false) == pause && !cancellationToken.IsCancellationRequested)
            {
                await KeepAliveAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            // The timer must not outlive the event that came first.
            await done.CancelAsync().ConfigureAwait(false);
            break;
        }

        return await next.ConfigureAwait(false);
    }

    private void Write(string field, string value)
    {
        Encoding.UTF8.GetBytes(field, _buffer);
        Encoding.UTF8.GetBytes(value, _buffer);
        _buffer.Write("\n"u8);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
