using System.Buffers.Binary;

namespace Jobs.Sqlite;

/// <summary>
/// The ids that this storage issues, which need no index: a UUID version 8 of the job's number (48 bits, so ids are ordered by age)
/// and the job's 64 random bits. The remaining ten bits are zero.
/// </summary>
internal static class IssuedId
{
    private const long LowTail = (1L << 38) - 1;

    public static JobId Make(long job, long tail)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, job << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x8000 | ((tail >> 52) & 0xFFF)));
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], tail & LowTail);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[8..], (ushort)(0x8000 | ((tail >> 38) & 0x3FFF)));
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>False when the storage cannot have issued this id; the converse holds only if such a job has this tail.</summary>
    public static bool TryRead(JobId id, out long job, out long tail)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var head = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var rest = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        job = (long)((ulong)head >> 16);
        tail = ((head & 0xFFF) << 52) | (((rest >> 48) & 0x3FFF) << 38) | (rest & LowTail);
        return (head & 0xF000) == 0x8000 && ((rest >> 62) & 3) == 2 && ((rest >> 38) & 0x3FF) == 0;
    }

    /// <summary>The id of a job as its row tells it.</summary>
    public static JobId Of(long job, long tail, byte[]? explicitId) =>
        explicitId is { Length: 16 } ? new JobId(new Guid(explicitId, bigEndian: true)) : Make(job, tail);

    /// <summary>An id as the key table has it.</summary>
    public static byte[] Bytes(JobId id) => id.Value.ToByteArray(bigEndian: true);
}
