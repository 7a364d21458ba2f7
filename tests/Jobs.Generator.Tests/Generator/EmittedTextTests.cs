using System.Text;
using Jobs.Generator.Emit;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>The texts of emitted files are to the compiler what texts of strings are.</summary>
public class EmittedTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a\nb\r\nc\n")]
    [InlineData("Größe")]
    [InlineData("\U0001F4E7")]
    [InlineData("long")]
    [InlineData("long with something else at its end")]
    public void A_text_is_what_was_written(string name)
    {
        var content = name.Replace("long", string.Concat(Enumerable.Range(0, 5000).Select(n => $"line {n}\n")), StringComparison.Ordinal) + (name.EndsWith("end", StringComparison.Ordinal) ? "é" : "");
        var expected = SourceText.From(content, Encoding.UTF8);

        var text = AsciiText.From(new StringBuilder(content));

        Assert.Equal(content, text.ToString());
        Assert.True(text.ContentEquals(expected));
        Assert.Equal(expected.GetChecksum(), text.GetChecksum());
        Assert.Equal(expected.ChecksumAlgorithm, text.ChecksumAlgorithm);
        Assert.Equal(expected.Encoding, text.Encoding);
        Assert.Equal(expected.Lines.Select(static line => line.ToString()), text.Lines.Select(static line => line.ToString()));
        Assert.Equal(content.Length, text.Length);
        Assert.All(Enumerable.Range(0, Math.Min(content.Length, 100)), i => Assert.Equal(content[i], text[i]));
        var middle = new TextSpan(content.Length / 3, content.Length / 3);
        Assert.Equal(expected.ToString(middle), text.GetSubText(middle).ToString());
    }

    [Fact]
    public void What_is_ASCII_is_kept_in_a_byte_per_character()
    {
        Assert.IsType<AsciiText>(AsciiText.From(new StringBuilder("namespace App;")));
        Assert.IsNotType<AsciiText>(AsciiText.From(new StringBuilder("namespace Größe;")));
    }
}
