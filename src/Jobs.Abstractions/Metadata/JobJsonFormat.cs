using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Metadata;

/// <summary>Reads and writes a type as its metadata says: by a shortcut where there is one and nothing is unusual, else by the serializer.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="info">The metadata.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JobJsonFormat<T>(JsonTypeInfo<T> info)
{
    private readonly JobJsonShortcut<T>? _shortcut = ShortcutOf(info);

    // One per processor: whoever writes takes one out and puts it back, so that no two share one.
    private readonly JobJsonWriter?[] _idle = new JobJsonWriter?[Environment.ProcessorCount];

    /// <summary>The metadata.</summary>
    public JsonTypeInfo<T> Info => info;

    /// <summary>Whether there is a shortcut.</summary>
    public bool HasShortcut => _shortcut is not null;

    /// <summary>Writes a value as UTF-8 JSON.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="JsonException">The value does not keep to the type's annotations.</exception>
    public byte[] Write(T value)
    {
        if (_shortcut is null)
        {
            return JsonSerializer.SerializeToUtf8Bytes(value, info);
        }

        ref var slot = ref _idle[(uint)Thread.GetCurrentProcessorId() % (uint)_idle.Length];
        var writer = Interlocked.Exchange(ref slot, null) ?? new JobJsonWriter();

        // A getter that throws leaves the writer to the collector.
        var json = _shortcut.TryWrite(writer.Start(), value) ? writer.ToArray() : null;
        Volatile.Write(ref slot, writer);
        return json ?? JsonSerializer.SerializeToUtf8Bytes(value, info);
    }

    /// <summary>Reads a value from UTF-8 JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="JsonException">It is not such a value.</exception>
    public T? Read(ReadOnlySpan<byte> json) =>
        _shortcut is not null && _shortcut.TryRead(json, out var value) ? value : JsonSerializer.Deserialize(json, info);

    private static JobJsonShortcut<T>? ShortcutOf(JsonTypeInfo<T> info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return (info.Options.TypeInfoResolver as IJobJsonShortcuts)?.FindShortcut(info) is JobJsonShortcut<T> { IsUsable: true } shortcut ? shortcut : null;
    }
}
