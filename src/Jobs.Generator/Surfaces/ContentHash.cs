using System.Security.Cryptography;
using System.Text;

namespace Jobs.Generator.Surfaces;

/// <summary>Stands for a text. Two texts with the same one are never found, so that equality of hashes can decide what is parsed again.</summary>
internal readonly record struct ContentHash(long First, long Second, long Third, long Fourth)
{
    public static ContentHash Of(StringBuilder text)
    {
        using var algorithm = SHA256.Create();
        var hash = algorithm.ComputeHash(Encoding.Unicode.GetBytes(text.ToString()));
        return new(BitConverter.ToInt64(hash, 0), BitConverter.ToInt64(hash, 8), BitConverter.ToInt64(hash, 16), BitConverter.ToInt64(hash, 24));
    }

    /// <summary>Adds this hash to a text that is to be hashed itself.</summary>
    public void AppendTo(StringBuilder text)
    {
        Append(text, First);
        Append(text, Second);
        Append(text, Third);
        Append(text, Fourth);
    }

    private static void Append(StringBuilder text, long part) =>
        text.Append((char)(part & 0xFFFF)).Append((char)((part >> 16) & 0xFFFF)).Append((char)((part >> 32) & 0xFFFF)).Append((char)((part >> 48) & 0xFFFF));
}
