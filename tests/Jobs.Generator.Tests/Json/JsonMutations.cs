using System.Globalization;
using System.Text.Json.Nodes;

namespace Jobs.Generator.Tests.Json;

/// <summary>Variants of a JSON text, most of them wrong: members missing, null, of another type, unknown, in another order or case.</summary>
internal static class JsonMutations
{
    private const string NoChange = "\0none";
    private const string Removal = "\0removed";

    public static IEnumerable<string> Of(string json)
    {
        yield return json;
        yield return "null";
        var count = Count(JsonNode.Parse(json));
        for (var index = 0; index < count; index++)
        {
            if (Change(json, index, _ => Removed()) is { } shorter)
            {
                yield return shorter;
            }

            foreach (var change in Changes)
            {
                if (Change(json, index, change) is { } changed)
                {
                    yield return changed;
                }
            }
        }
    }

    private static readonly Func<JsonNode, JsonNode?>[] Changes =
    [
        _ => null,
        _ => JsonValue.Create("text"),
        _ => JsonValue.Create(-1),
        _ => JsonValue.Create(1.5),
        _ => JsonValue.Create(true),
        _ => new JsonArray(),
        _ => new JsonArray((JsonNode?)null),
        _ => new JsonObject(),
        node => Object(node, members => members.Append(new("unknown", JsonValue.Create(1)))),
        node => Object(node, members => members.Reverse()),
        node => Object(node, members => members.Select(member => new KeyValuePair<string, JsonNode?>(member.Key.ToUpper(CultureInfo.InvariantCulture), member.Value))),
        node => Object(node, members => members.Concat(members.Take(1).Select(member => new KeyValuePair<string, JsonNode?>(member.Key + "2", member.Value)))),
    ];

    private static string? Change(string json, int index, Func<JsonNode, JsonNode?> change)
    {
        var root = JsonNode.Parse(json)!;
        var node = Find(root, index);
        var changed = change(node.Node);
        var isRemoved = IsMarked(changed, Removal);
        if (IsMarked(changed, NoChange) || (isRemoved && node.Parent is not JsonObject))
        {
            return null;
        }

        switch (node.Parent)
        {
            case JsonObject parent when isRemoved:
                parent.Remove(node.Key!);
                break;
            case JsonObject parent:
                parent[node.Key!] = changed;
                break;
            case JsonArray parent:
                parent[node.Index] = changed;
                break;
            default:
                return changed?.ToJsonString() ?? "null";
        }

        return root.ToJsonString();
    }

    private static JsonObject Object(JsonNode node, Func<IEnumerable<KeyValuePair<string, JsonNode?>>, IEnumerable<KeyValuePair<string, JsonNode?>>> change)
    {
        if (node is not JsonObject { Count: > 0 } value)
        {
            return new JsonObject { [NoChange] = null };
        }

        var changed = new JsonObject();
        foreach (var (key, member) in change(value.ToList()))
        {
            changed.TryAdd(key, member?.DeepClone());
        }

        return changed;
    }

    private static JsonObject Removed() => new() { [Removal] = null };

    private static bool IsMarked(JsonNode? node, string mark) => node is JsonObject { Count: 1 } value && value.ContainsKey(mark);

    private static int Count(JsonNode? node) => All(node).Count();

    private static Place Find(JsonNode root, int index) => All(root).ElementAt(index);

    private static IEnumerable<Place> All(JsonNode? node, JsonNode? parent = null, string? key = null, int index = 0)
    {
        if (node is null)
        {
            yield break;
        }

        yield return new Place(node, parent, key, index);
        var children = node switch
        {
            JsonObject value => value.SelectMany(member => All(member.Value, node, member.Key)),
            JsonArray items => items.SelectMany((item, at) => All(item, node, null, at)),
            _ => [],
        };
        foreach (var child in children)
        {
            yield return child;
        }
    }

    private readonly record struct Place(JsonNode Node, JsonNode? Parent, string? Key, int Index);
}
