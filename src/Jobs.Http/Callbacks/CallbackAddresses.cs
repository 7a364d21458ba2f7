using System.Net;
using System.Net.Sockets;
using Jobs.Metadata;

namespace Jobs.Http.Callbacks;

/// <summary>
/// Where callbacks may go. The address is user-supplied, and whoever supplies it must not reach what only this machine can reach: its
/// metadata service, its neighbours, itself. The name is resolved once per connection, every address is checked, and the connection goes
/// to a checked one, so that a name that changes in between changes nothing.
/// </summary>
internal sealed class CallbackAddresses(CallbackOptions options, bool isDevelopment) : IJobCallbackGuard
{
    public string? Check(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !options.AllowHttp && !(isDevelopment && address.IsLoopback))
        {
            return "it is not https. Use https, or set CallbackOptions.AllowHttp";
        }

        // Numbers need no name service; names are looked at when they are resolved.
        return IPAddress.TryParse(address.IdnHost, out var number) && !IsAllowed(address.IdnHost, number)
            ? $"{number} is no address of the public internet. Set CallbackOptions.AllowedHosts or AllowPrivateAddresses if it is meant"
            : null;
    }

    /// <summary>Connects to one of the addresses of a host, all of which have to be allowed.</summary>
    /// <exception cref="CallbackRefusedException">One of them is not.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host, out var number) ? [number] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false);
        if (Array.Find(addresses, address => !IsAllowed(target.Host, address)) is { } refused)
        {
            throw new CallbackRefusedException($"The host '{target.Host}' of the callback leads to {refused}, which is no address of the public internet. Set CallbackOptions.AllowedHosts or AllowPrivateAddresses if it is meant.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
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
        options.AllowPrivateAddresses
        || (isDevelopment && IPAddress.IsLoopback(address))
        || PublicAddress.Is(address)
        || options.AllowedHosts.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);
}
