using System.Text;
using System.Text.Json.Serialization.Metadata;
using Jobs.Metadata;

namespace Jobs.Generator.Tests.Json;

internal sealed class JsonFormat<T>(JsonTypeInfo<T> info) : JsonFormat
{
    private readonly JobJsonFormat<T> _format = new(info);

    public override bool HasShortcut => _format.HasShortcut;

    public override object? Read(string json) => _format.Read(Encoding.UTF8.GetBytes(json));

    public override string Write(object? value) => Encoding.UTF8.GetString(_format.Write((T)value!));
}
