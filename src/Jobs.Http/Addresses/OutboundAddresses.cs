using System.Net;
using System.Net.Sockets;
using Jobs.Metadata;

namespace Jobs.Http.Addresses;

/// <summary>
/// Where requests may go. The address is user-supplied, and whoever supplies it must not reach what only this machine can reach: its
/// metadata service, its neighbours, itself. The name is resolved once per connection, every address is checked, and the connection goes
/// to a checked one, so that a name that changes in between changes nothing.
/// </summary>
internal sealed class OutboundAddresses(AddressRules rules) : IJobCallbackGuard
{
    public string? Check(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !rules.AllowHttp && !(rules.IsDevelopment && address.IsLoopback))
        {
            return $"it is not https. Use https, or set {rules.Options}.AllowHttp";
        }

        // Numbers need no name service; names are looked at when they are resolved.
        return IPAddress.TryParse(address.IdnHost, out var number) && !IsAllowed(address.IdnHost, number)
            ? $"{number} is no address of the public internet. Set {rules.Options}.AllowedHosts or AllowPrivateAddresses if it is meant"
            : null;
    }

    /// <summary>A client that goes nowhere else. Its requests have no limit of their own.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        // A redirect could lead anywhere, and a proxy would resolve the name once more.
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
        MaxResponseHeadersLength = 64,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Connects to one of the addresses of a host, all of which have to be allowed.</summary>
    /// <exception cref="AddressRefusedException">One of them is not.</exception>
    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host, out var number) ? [number] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false);
        if (Array.Find(addresses, address => !IsAllowed(target.Host, address)) is { } refused)
        {
            throw new AddressRefusedException($"The host '{target.Host}' leads to {refused}, which is no address of the public internet. Set {rules.Options}.AllowedHosts or AllowPrivateAddresses if it is meant.");
        }

        // Kept alive by the system: a peer that is gone without a word is noticed while an answer is waited for.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            await socket.ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(string host, IPAddress address) =>
        rules.AllowPrivateAddresses
        || (rules.IsDevelopment && IPAddress.IsLoopback(address))
        || PublicAddress.Is(address)
        || rules.AllowedHosts.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);
}
