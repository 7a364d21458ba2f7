using System.Buffers.Binary;

namespace Jobs.PostgreSql;

/// <summary>The results of a range in one value: per job a big-endian length (-1: none), then the results. The SQL function result_of reads it as well.</summary>
internal static class ResultFrame
{
    public static byte[]? Write(ReadOnlySpan<byte[]?> results)
    {
        var size = 0;
        var any = false;
        foreach (var result in results)
        {
            size += sizeof(int) + (result?.Length ?? 0);
            any |= result is not null;
        }

        if (!any)
            return null;

        var frame = new byte[size];
        var position = results.Length * sizeof(int);
        for (var i = 0; i < results.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(i * sizeof(int)), results[i]?.Length ?? -1);
            if (results[i] is not { } result)
                continue;

            result.CopyTo(frame.AsSpan(position));
            position += result.Length;
        }

        return frame;
    }

    public static byte[]? Read(byte[] frame, int index, int count)
    {
        var position = count * sizeof(int);
        for (var i = 0; i < index; i++)
            position += Math.Max(0, LengthOf(frame, i));

        var length = LengthOf(frame, index);
        return length < 0 ? null : frame[position..(position + length)];
    }

    private static int LengthOf(byte[] frame, int index) => BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(index * sizeof(int)));
}
