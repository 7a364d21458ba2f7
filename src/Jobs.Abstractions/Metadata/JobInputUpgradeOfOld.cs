using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Metadata;

/// <summary>A former form of a job's input, with its type.</summary>
/// <typeparam name="TOld">The input as it was.</typeparam>
/// <typeparam name="TInput">The input as it is.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JobInputUpgrade<TOld, TInput> : JobInputUpgrade<TInput>
{
    /// <summary>The former form's serialization metadata, from options whose resolver is the assembly's.</summary>
    public required Func<JsonSerializerOptions, JsonTypeInfo<TOld>> Json { get; init; }

    /// <summary>Constructs the upgraders on the way and calls them.</summary>
    public required Func<TOld, IServiceProvider, TInput> Upgrade { get; init; }

    /// <inheritdoc/>
    public override JsonTypeInfo GetJson(JsonSerializerOptions options) => Json(options);

    /// <inheritdoc/>
    public override Func<IServiceProvider, TInput> Read(ReadOnlySpan<byte> payload, JsonSerializerOptions options)
    {
        var old = JsonSerializer.Deserialize(payload, Json(options));
        return old is null && Nullable.GetUnderlyingType(typeof(TOld)) is null
            ? throw new JsonException("The payload is null.")
            : services => Upgrade(old!, services);
    }
}
