using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Registry;

/// <summary>Serialization metadata of the types that need no generator: text, booleans, numbers, ids, times, JSON itself; values also as nullable ones.</summary>
internal sealed class SimpleJson : IJsonTypeInfoResolver
{
    private readonly FrozenDictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> _types = new Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>>()
        .AddReference(JsonMetadataServices.StringConverter)
        .AddReference(JsonMetadataServices.UriConverter)
        .AddReference(JsonMetadataServices.ByteArrayConverter)
        .AddValue(JsonMetadataServices.BooleanConverter)
        .AddValue(JsonMetadataServices.ByteConverter)
        .AddValue(JsonMetadataServices.Int16Converter)
        .AddValue(JsonMetadataServices.Int32Converter)
        .AddValue(JsonMetadataServices.Int64Converter)
        .AddValue(JsonMetadataServices.UInt32Converter)
        .AddValue(JsonMetadataServices.UInt64Converter)
        .AddValue(JsonMetadataServices.SingleConverter)
        .AddValue(JsonMetadataServices.DoubleConverter)
        .AddValue(JsonMetadataServices.DecimalConverter)
        .AddValue(JsonMetadataServices.GuidConverter)
        .AddValue(JsonMetadataServices.DateTimeConverter)
        .AddValue(JsonMetadataServices.DateTimeOffsetConverter)
        .AddValue(JsonMetadataServices.DateOnlyConverter)
        .AddValue(JsonMetadataServices.TimeOnlyConverter)
        .AddValue(JsonMetadataServices.TimeSpanConverter)
        .AddValue(JsonMetadataServices.JsonElementConverter)
        .AddValue<JobId>(new JobId.JsonConverter())
        .ToFrozenDictionary();

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => _types.TryGetValue(type, out var create) ? create(options) : null;
}

file static class SimpleTypes
{
    public static Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> AddReference<T>(this Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> types, JsonConverter<T?> converter)
        where T : class
    {
        types.Add(typeof(T), options => JsonMetadataServices.CreateValueInfo<T>(options, converter));
        return types;
    }

    public static Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> AddValue<T>(this Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> types, JsonConverter<T> converter)
        where T : struct
    {
        types.Add(typeof(T), options => JsonMetadataServices.CreateValueInfo<T>(options, converter));
        types.Add(typeof(T?), options => JsonMetadataServices.CreateValueInfo<T?>(options, JsonMetadataServices.GetNullableConverter(JsonMetadataServices.CreateValueInfo<T>(options, converter))));
        return types;
    }
}
