using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Metadata;

namespace Jobs.Registry;

/// <summary>The types that a job's steps and waits may have: those of a hand-written context, those of its assembly's generated metadata, simple ones.</summary>
/// <param name="sources">Where to look, in this order.</param>
internal sealed class StepTypes(params IReadOnlyList<JsonSerializerOptions> sources)
{
    private static readonly JsonSerializerOptions _simple = JobJson.CreateOptions(new SimpleJson());

    public JsonTypeInfo<T>? Find<T>()
    {
        foreach (var source in sources)
        {
            if (source.TryGetTypeInfo(typeof(T), out var info))
            {
                return (JsonTypeInfo<T>)info;
            }
        }

        return _simple.TryGetTypeInfo(typeof(T), out var simple) ? (JsonTypeInfo<T>)simple : null;
    }
}
