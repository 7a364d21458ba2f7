using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Jobs.Aot.Tests;

/// <summary>Takes what telemetry sends, as a collector does.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<(string Path, string Body)> _received = [];
    private readonly Task _loop;

    public Collector()
    {
        Address = $"http://127.0.0.1:{FindFreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _loop = ReceiveAsync();
    }

    public string Address { get; }

    public IReadOnlyList<(string Path, string Body)> Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream, Encoding.Latin1);
                var body = await reader.ReadToEndAsync();
                lock (_received)
                    _received.Add((call.Request.Url!.AbsolutePath, body));

                call.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
