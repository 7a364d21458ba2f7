using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Jobs.Http.Addresses;

/// <summary>Which addresses are of the public internet, by the special-purpose registries of IANA (RFC 6890 and its updates).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] _special4 =
        Parse(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    /// <summary>Of IPv6 only 2000::/3 is public at all; these parts of it are not.</summary>
    private static readonly IPNetwork[] _special6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static readonly IPNetwork _global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork _translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(_special4, network => network.Contains(address));
        }

        if (_translated.Contains(address))
        {
            // A gateway would carry it on to the IPv4 address in its last four bytes.
            Span<byte> bytes = stackalloc byte[16];
            address.TryWriteBytes(bytes, out _);
            return Is(new IPAddress(BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..])));
        }

        return _global6.Contains(address) && !Array.Exists(_special6, network => network.Contains(address));
    }

    private static IPNetwork[] Parse(params string[] networks) => Array.ConvertAll(networks, IPNetwork.Parse);
}
