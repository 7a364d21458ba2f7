namespace Jobs.Generator.Tests.Json;

/// <summary>Reads and writes a type as the product does: directly where it can.</summary>
internal abstract class JsonFormat
{
    public abstract bool HasShortcut { get; }

    public abstract object? Read(string json);

    public abstract string Write(object? value);
}
