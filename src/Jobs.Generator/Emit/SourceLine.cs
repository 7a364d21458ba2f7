using System.Globalization;
using System.Runtime.CompilerServices;

namespace Jobs.Generator.Emit;

/// <summary>Makes an interpolated string of the code go straight into the file. What is emitted is megabytes, and would be there twice.</summary>
[InterpolatedStringHandler]
internal readonly struct SourceLine
{
    private readonly SourceWriter _writer;

    /// <summary>The compiler tells every handler how long the literals are and how many values there are; the writer's buffer grows by itself.</summary>
    public SourceLine(int literalLength, int formattedCount, SourceWriter writer) => _writer = writer;

    public void AppendLiteral(string value) => _writer.Append(value);

    public void AppendFormatted(string? value) => _writer.Append(value);

    public void AppendFormatted(int value) => _writer.Append(value.ToString(CultureInfo.InvariantCulture));
}
