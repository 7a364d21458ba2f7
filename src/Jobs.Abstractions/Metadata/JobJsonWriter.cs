using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Jobs.Metadata;

/// <summary>A JSON writer with its buffer, to be used again and again by one writer at a time.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It writes to memory of its own: there is nothing to free, and what is not flushed is not wanted.")]
internal sealed class JobJsonWriter
{
    /// <summary>A buffer that one large value blew up is not kept.</summary>
    private const int MaxKept = 64 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public JobJsonWriter() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    public Utf8JsonWriter Start()
    {
        if (_buffer.Capacity > MaxKept)
        {
            _buffer = new ArrayBufferWriter<byte>(1024);
        }

        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        return _writer;
    }

    public byte[] ToArray()
    {
        _writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
