using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Jobs.HttpBenchmarks.Driving;

/// <summary>
/// One connection that sends the same request again as soon as the answer is there. On the bare socket: the machine's two cores are the
/// services' and the database's, and a client library would use as much of them as they do.
/// </summary>
internal sealed class LoadConnection(IPEndPoint address, byte[] request) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[8192];

    /// <summary>How long each answer took.</summary>
    public List<TimeSpan> Latencies { get; } = [];

    public async Task RunAsync(TimeSpan duration)
    {
        await _socket.ConnectAsync(address);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var sent = Stopwatch.GetTimestamp();
            for (var done = 0; done < request.Length;)
                done += await _socket.SendAsync(request.AsMemory(done));

            await ReceiveAsync();
            Latencies.Add(Stopwatch.GetElapsedTime(sent));
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReceiveAsync()
    {
        var received = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(received));
            received += read;
            if (read == 0)
                throw new IOException("The service closed the connection.");

            if (LengthOf(_buffer.AsSpan(0, received)) <= received)
                return;
        }
    }

    /// <summary>How long the whole answer is; more than any buffer as long as its head is not complete.</summary>
    private static int LengthOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return int.MaxValue;

        if (!answer.StartsWith("HTTP/1.1 201 "u8))
            throw new IOException($"The service refused: {System.Text.Encoding.UTF8.GetString(answer)}");

        var length = answer.IndexOf("Content-Length: "u8);
        if (length >= 0 && length < head && Utf8Parser.TryParse(answer[(length + "Content-Length: ".Length)..], out int bytes, out _))
            return head + 4 + bytes;

        // In chunks, of which the last one is empty.
        return answer.EndsWith("0\r\n\r\n"u8) ? answer.Length : int.MaxValue;
    }
}
