using System.Net;
using System.Net.Sockets;

namespace Jobs.Chaos.Tests.Network;

/// <summary>Stands between a process and the server, and can leave connections half open: nobody hears anything any more, nobody is told.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Task _accepting;
    private List<ProxiedConnection> _connections = [];
    private List<ProxiedConnection> _halfOpen = [];

    public TcpProxy(int targetPort)
    {
        _target = targetPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Forwards nothing more on the connections there are; new ones work.</summary>
    public int CutHalfOpen()
    {
        lock (_gate)
        {
            foreach (var connection in _connections)
                connection.Freeze();

            _halfOpen.AddRange(_connections);
            _connections = [];
            return _halfOpen.Count;
        }
    }

    /// <summary>What the network does in the end: the half-open connections are closed on both sides.</summary>
    public void CloseHalfOpen()
    {
        lock (_gate)
        {
            foreach (var connection in _halfOpen)
                connection.Dispose();

            _halfOpen = [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        CutHalfOpen();
        CloseHalfOpen();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                var server = new TcpClient();
                try
                {
                    await server.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
                }
                catch (SocketException)
                {
                    // The server is away: the caller hears it as it would without a proxy.
                    client.Dispose();
                    server.Dispose();
                    continue;
                }

                lock (_gate)
                    _connections.Add(new ProxiedConnection(client, server));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
