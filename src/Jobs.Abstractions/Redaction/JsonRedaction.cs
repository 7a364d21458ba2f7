using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Redaction;

/// <summary>
/// What of a type's JSON is not to be seen (<see cref="RedactedAttribute"/>), and the JSON without it. It is made from the type's
/// serialization metadata. What is not as the type says is rather hidden than shown.
/// </summary>
internal sealed class JsonRedaction
{
    /// <summary>What stands in place of a value.</summary>
    public const string Mark = "[redacted]";

    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonRedaction?> _shown = new(StringComparer.Ordinal);
    private JsonRedaction? _elements;
    private bool _hidesOthers;

    /// <summary>What is shown of a value of which nothing is known.</summary>
    public static JsonElement Hidden { get; } = Parse("\"[redacted]\""u8.ToArray());

    private bool HidesSomething => _hidesOthers || _hidden.Count > 0;

    /// <summary>The redaction of a type; null when nothing in it is redacted.</summary>
    /// <param name="info">The type's metadata.</param>
    public static JsonRedaction? Of(JsonTypeInfo info)
    {
        var plans = new Dictionary<Type, JsonRedaction>();
        var root = Plan(info.Type, info.Options, plans);
        return plans.Values.Any(static plan => plan.HidesSomething) ? root : null;
    }

    /// <summary>The JSON as it is shown.</summary>
    /// <param name="json">JSON of the type.</param>
    public JsonElement Apply(JsonElement json) => Apply(json, out _);

    /// <summary>Whether a value that is hidden is the mark already: somebody sends back what was shown to him.</summary>
    /// <param name="json">JSON of the type.</param>
    public bool HasMark(JsonElement json)
    {
        Apply(json, out var hasMark);
        return hasMark;
    }

    private static JsonRedaction? Plan(Type type, JsonSerializerOptions options, Dictionary<Type, JsonRedaction> plans)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (plans.TryGetValue(type, out var known))
        {
            return known;
        }

        if (!options.TryGetTypeInfo(type, out var info) || info.Kind == JsonTypeInfoKind.None)
        {
            return null;
        }

        // Before its parts, which may contain it.
        var plan = new JsonRedaction();
        plans.Add(type, plan);
        if (info.Kind == JsonTypeInfoKind.Object)
        {
            plan.AddMembers(info, plans);
            return plan;
        }

        plan._elements = info.ElementType is { } element ? Plan(element, options, plans) : null;
        if (plan._elements is not null)
        {
            return plan;
        }

        plans.Remove(type);
        return null;
    }

    private void AddMembers(JsonTypeInfo info, Dictionary<Type, JsonRedaction> plans)
    {
        foreach (var property in info.Properties)
        {
            var isRedacted = IsRedacted(property);
            if (property.IsExtensionData)
            {
                _hidesOthers |= isRedacted;
            }
            else if (isRedacted)
            {
                Hide(property.Name);
            }
            else
            {
                Show(property.Name, property.CustomConverter is null ? Plan(property.PropertyType, info.Options, plans) : null);
            }
        }

        if (info.PolymorphismOptions is not { } polymorphism)
        {
            return;
        }

        Show(polymorphism.TypeDiscriminatorPropertyName, null);
        foreach (var derived in polymorphism.DerivedTypes)
        {
            if (derived.DerivedType != info.Type && info.Options.TryGetTypeInfo(derived.DerivedType, out var other))
            {
                AddMembers(other, plans);
            }
        }
    }

    /// <summary>Generated metadata answers by itself; that of a hand-written context has the member, which does not look at what it overrides.</summary>
    private static bool IsRedacted(JsonPropertyInfo property) => property.AttributeProvider switch
    {
        MemberInfo member => Attribute.IsDefined(member, typeof(RedactedAttribute), inherit: true),
        { } provider => provider.IsDefined(typeof(RedactedAttribute), inherit: true),
        null => false,
    };

    private void Hide(string name)
    {
        _hidden.Add(name);
        _shown.Remove(name);
    }

    /// <summary>Shows a member. One that is something else in another type derived from the same base is hidden: nobody looks which one it is.</summary>
    private void Show(string name, JsonRedaction? part)
    {
        if (_shown.TryGetValue(name, out var other) && other != part)
        {
            Hide(name);
        }
        else if (!_hidden.Contains(name))
        {
            _shown[name] = part;
        }
    }

    private JsonElement Apply(JsonElement json, out bool hasMark)
    {
        using var buffer = new MemoryStream();
        hasMark = false;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, json, ref hasMark);
        }

        return Parse(buffer.ToArray());
    }

    private void Write(Utf8JsonWriter writer, JsonElement json, ref bool hasMark)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                writer.WriteNullValue();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    WriteMember(writer, member, ref hasMark);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array when _elements is not null:
                writer.WriteStartArray();
                foreach (var element in json.EnumerateArray())
                {
                    _elements.Write(writer, element, ref hasMark);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteHidden(writer, json, ref hasMark);
                break;
        }
    }

    /// <summary>A member, or an entry of a dictionary.</summary>
    private void WriteMember(Utf8JsonWriter writer, JsonProperty member, ref bool hasMark)
    {
        var isKnown = _shown.TryGetValue(member.Name, out var part);
        part ??= _elements;
        if (_hidden.Contains(member.Name) || (!isKnown && HidesSomething))
        {
            WriteHidden(writer, member.Value, ref hasMark);
        }
        else if (part is not null)
        {
            part.Write(writer, member.Value, ref hasMark);
        }
        else
        {
            member.Value.WriteTo(writer);
        }
    }

    private static void WriteHidden(Utf8JsonWriter writer, JsonElement value, ref bool hasMark)
    {
        hasMark |= value.ValueKind == JsonValueKind.String && value.ValueEquals(Mark);
        writer.WriteStringValue(Mark);
    }

    private static JsonElement Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
