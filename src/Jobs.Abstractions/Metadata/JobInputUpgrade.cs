using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Metadata;

/// <summary>A former form of a job's input, and the way from it. Made by generated code; read by the runtime.</summary>
/// <typeparam name="TInput">The input as it is.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JobInputUpgrade<TInput>
{
    private protected JobInputUpgrade()
    {
    }

    /// <summary>The former form's serialization metadata.</summary>
    /// <param name="options">Options whose resolver is the assembly's.</param>
    public abstract JsonTypeInfo GetJson(JsonSerializerOptions options);

    /// <summary>Reads a payload as the former form.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="options">Options whose resolver is the assembly's.</param>
    /// <returns>What makes the input of it, with the attempt's services.</returns>
    /// <exception cref="JsonException">It is not of that form.</exception>
    public abstract Func<IServiceProvider, TInput> Read(ReadOnlySpan<byte> payload, JsonSerializerOptions options);
}
