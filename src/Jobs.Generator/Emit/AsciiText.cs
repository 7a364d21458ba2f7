using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.Emit;

/// <summary>
/// The text of a file in a byte per character. What is emitted for a thousand jobs is twenty million characters, which the compiler keeps
/// until the build is over; nearly all of it is ASCII.
/// </summary>
internal sealed class AsciiText : SourceText
{
    private readonly byte[] _bytes;

    private AsciiText(byte[] bytes) => _bytes = bytes;

    public override Encoding Encoding => Encoding.UTF8;

    public override int Length => _bytes.Length;

    public override char this[int position] => (char)_bytes[position];

    /// <summary>The text of a builder, in whichever form it fits.</summary>
    public static SourceText From(StringBuilder text)
    {
        var bytes = new byte[text.Length];
        var characters = new char[Math.Min(text.Length, 4096)];
        for (var start = 0; start < bytes.Length; start += characters.Length)
        {
            var count = Math.Min(characters.Length, bytes.Length - start);
            text.CopyTo(start, characters, 0, count);
            if (Encoding.UTF8.GetByteCount(characters, 0, count) != count)
            {
                return From(text.ToString(), Encoding.UTF8);
            }

            Encoding.ASCII.GetBytes(characters, 0, count, bytes, start);
        }

        return new AsciiText(bytes);
    }

    public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count) =>
        Encoding.ASCII.GetChars(_bytes, sourceIndex, count, destination, destinationIndex);

    public override string ToString(TextSpan span) => Encoding.ASCII.GetString(_bytes, span.Start, span.Length);
}
