using System.Buffers.Binary;

namespace Jobs.PostgreSql;

/// <summary>
/// Issued ids carry the job's place, so that a look-up by id is a primary-key read. The layout, a UUID of version 8: 48 bits of
/// pack, 12 of slot, 62 that are random per installation and tell its ids from all others.
/// </summary>
internal sealed class JobIdCodec(long signature)
{
    private const ulong Variant = 1UL << 63;
    private const long MaxPack = (1L << 48) - 1;

    /// <summary>The installation's random bits.</summary>
    public long Signature { get; } = signature;

    public JobId Encode(JobPlace place)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(place.Pack, MaxPack, nameof(place));
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)place.Pack << 16) | 0x8000 | (uint)place.Slot);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Variant | (ulong)Signature);
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>The place that an id names, if it was issued here.</summary>
    public JobPlace? Decode(JobId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) == (Variant | (ulong)Signature) && (high & 0xF000) == 0x8000
            ? new JobPlace((long)(high >> 16), (int)(high & 0xFFF))
            : null;
    }
}
