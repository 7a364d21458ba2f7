using System.Net.Sockets;

namespace Jobs.Chaos.Tests.Network;

/// <summary>Two sockets, and what goes from each to the other.</summary>
internal sealed class ProxiedConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly TcpClient _server;
    private volatile bool _isFrozen;

    public ProxiedConnection(TcpClient client, TcpClient server)
    {
        _client = client;
        _server = server;
        client.NoDelay = server.NoDelay = true;
        _ = ForwardAsync(client, server);
        _ = ForwardAsync(server, client);
    }

    /// <summary>From now on nothing arrives, not even the end of the connection.</summary>
    public void Freeze() => _isFrozen = true;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private async Task ForwardAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                if (_isFrozen)
                    return;

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone; so shall the other be, unless nobody may notice.
        }

        if (!_isFrozen)
            Dispose();
    }
}
