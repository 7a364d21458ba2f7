using System.Globalization;
using System.Text.Json.Nodes;

namespace Jobs.Analyzers.Tests.Contracts;

/// <summary>Makes up pairs of types, before and after a few changes, and texts of the form before.</summary>
internal sealed class RandomContracts(Random random)
{
    private static readonly string[] _scalars = ["int", "long", "short", "byte", "uint", "double", "float", "decimal", "string", "bool", "Guid", "char", "DateTime", "Kind", "object"];

    private static readonly string[] _collections = ["List<{0}>", "{0}[]", "HashSet<{0}>", "Dictionary<string, {0}>", "Dictionary<int, {0}>", "Stack<{0}>"];

    public List<Pair> Create(int count) => [.. Enumerable.Range(0, count).Select(CreatePair)];

    private Pair CreatePair(int index)
    {
        var inner = CreateType($"Inner{index}", null);
        var outer = CreateType($"Outer{index}", inner.Name);
        List<string> names = ["First", "Second", "Third"];
        var before = new Version(outer, inner, [.. names.Select((name, at) => (name, at * 2))]);
        var after = before.Copy();
        for (var i = random.Next(3); i > 0; i--)
        {
            Mutate(after, random.Next(2) == 0 ? after.Outer : after.Inner);
        }

        return new Pair(index, before, after);
    }

    private TypeModel CreateType(string name, string? inner) =>
        new(name, [.. Enumerable.Range(0, random.Next(1, 5)).Select(index => CreateMember($"{(char)('A' + index)}{name}", inner))]) { Positional = random.Next(4) };

    private Member CreateMember(string name, string? inner)
    {
        var type = inner is not null && random.Next(3) == 0 ? inner : Pick(_scalars);
        var isCollection = random.Next(4) == 0;
        if (isCollection)
        {
            type = string.Format(CultureInfo.InvariantCulture, Pick(_collections), type == "object" ? "int" : type);
        }

        var isRequired = random.Next(2) == 0;

        // An optional object of ours is one that may be null: it has no constant to stand for it.
        return new Member(name, type, isRequired, IsNullable: random.Next(3) == 0 || (!isRequired && (type == inner || type == "object")));
    }

    private void Mutate(Version version, TypeModel type)
    {
        if (type.Members.Count == 0)
        {
            return;
        }

        var index = random.Next(type.Members.Count);
        var member = type.Members[index];
        switch (random.Next(9))
        {
            case 0:
                type.Members.RemoveAt(index);
                break;
            case 1:
                type.Members[index] = member with { Name = member.Name + "Renamed" };
                break;
            case 2 or 3:
                var other = CreateMember(member.Name, type == version.Outer ? version.Inner.Name : null);
                type.Members[index] = other with { IsRequired = member.IsRequired, IsNullable = other.IsNullable || member.IsNullable };
                break;
            case 4:
                type.Members[index] = member with { IsNullable = !member.IsNullable || (!member.IsRequired && (member.Type == version.Inner.Name || member.Type == "object")) };
                break;
            case 5:
                type.Members[index] = member with { IsRequired = !member.IsRequired, IsNullable = member.IsNullable || member.Type == version.Inner.Name || member.Type == "object" };
                break;
            case 6:
                type.Members.Add(CreateMember($"New{type.Members.Count}{type.Name}", null));
                break;
            case 7:
                var at = random.Next(version.Kinds.Count);
                version.Kinds[at] = random.Next(2) == 0 ? (version.Kinds[at].Name, version.Kinds[at].Number + 1) : (version.Kinds[at].Name + "X", version.Kinds[at].Number);
                break;
            default:
                version.Kinds.Add(($"More{version.Kinds.Count}", 9 + version.Kinds.Count));
                break;
        }
    }

    /// <summary>A text that the type of the version could have written.</summary>
    public JsonObject CreateText(Version version, TypeModel type)
    {
        var text = new JsonObject();
        foreach (var member in type.Members)
        {
            if (!member.IsRequired && random.Next(2) == 0)
            {
                continue;
            }

            text[char.ToLowerInvariant(member.Name[0]) + member.Name[1..]] = member.IsNullable && random.Next(3) == 0 ? null : CreateValue(version, member.Type);
        }

        return text;
    }

    private JsonNode CreateValue(Version version, string type)
    {
        if (type == version.Inner.Name)
        {
            return CreateText(version, version.Inner);
        }

        if (type == "byte[]")
        {
            return Convert.ToBase64String([1, 2, (byte)random.Next(200)]);
        }

        if (type.EndsWith(']') || type.EndsWith('>'))
        {
            var element = type.EndsWith(']') ? type[..^2] : type[(type.LastIndexOfAny(['<', ' ']) + 1)..^1];
            var count = random.Next(4);
            return type.StartsWith("Dictionary", StringComparison.Ordinal)
                ? new JsonObject(Enumerable.Range(0, count).Select(index => new KeyValuePair<string, JsonNode?>(type.Contains("int,", StringComparison.Ordinal) ? index.ToString(CultureInfo.InvariantCulture) : $"k{index}", CreateValue(version, element))))
                : new JsonArray([.. Enumerable.Range(0, count).Select(_ => CreateValue(version, element))]);
        }

        return type switch
        {
            "byte" => random.Next(2, 4) * random.Next(1, 60),
            "short" => random.Next(short.MinValue, short.MaxValue),
            "int" => random.Next(2) == 0 ? random.Next(3) : random.Next(int.MinValue, int.MaxValue),
            "uint" => (uint)random.NextInt64(uint.MaxValue),
            "long" => random.Next(2) == 0 ? random.Next(5) : random.NextInt64(long.MinValue, long.MaxValue),
            "double" => random.Next(2) == 0 ? random.NextDouble() * 1e300 : random.NextDouble(),
            "float" => random.NextSingle() * 1e30f,
            "decimal" => (decimal)random.NextDouble() + random.NextInt64(long.MaxValue / 2),
            "bool" => random.Next(2) == 0,
            "Guid" => Guid.NewGuid().ToString(),
            "char" => ((char)('a' + random.Next(20))).ToString(),
            "DateTime" => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next()),
            "Kind" => random.Next(2) == 0 ? version.Kinds[random.Next(version.Kinds.Count)].Name : version.Kinds[random.Next(version.Kinds.Count)].Number,
            "string" => Pick(["", "text", "more text"]),
            _ => random.Next(2) == 0 ? "anything" : new JsonArray(1, "x"),
        };
    }

    private string Pick(string[] items) => items[random.Next(items.Length)];

    /// <summary>A type before and after.</summary>
    public sealed record Pair(int Index, Version Before, Version After);

    /// <summary>The types of one version of the code.</summary>
    public sealed record Version(TypeModel Outer, TypeModel Inner, List<(string Name, int Number)> Kinds)
    {
        public Version Copy() => new(Outer.Copy(), Inner.Copy(), [.. Kinds]);

        public string Declare() => $"public enum Kind {{ {string.Join(", ", Kinds.Select(kind => $"{kind.Name} = {kind.Number}"))} }}\n{Outer.Declare(Inner.Name)}\n{Inner.Declare(null)}";
    }

    /// <summary>A record, some of whose members are parameters.</summary>
    public sealed record TypeModel(string Name, List<Member> Members)
    {
        public int Positional { get; init; }

        public TypeModel Copy() => this with { Members = [.. Members] };

        public string Declare(string? inner)
        {
            var parameters = Members.Take(Positional).OrderBy(member => member.IsRequired ? 0 : 1).Where(member => member.IsRequired || member.Constant(inner) is not null).ToList();
            var properties = Members.Except(parameters).Select(member =>
                $"public {(member.IsRequired ? "required " : "")}{member.TypeName} {member.Name} {{ get; init; }}{(member.IsRequired ? "" : " = " + member.Default(inner) + ";")}");
            return $"public sealed record {Name}({string.Join(", ", parameters.Select(member => $"{member.TypeName} {member.Name}{(member.IsRequired ? "" : " = " + member.Constant(inner))}"))}) {{ {string.Join(" ", properties)} }}";
        }
    }

    public sealed record Member(string Name, string Type, bool IsRequired, bool IsNullable)
    {
        public string TypeName => Type + (IsNullable ? "?" : "");

        public string? Constant(string? inner) => IsNullable ? "null" : Type switch
        {
            "int" or "long" or "short" or "byte" or "uint" or "double" or "float" or "decimal" => "1",
            "bool" => "true",
            "string" => "\"default\"",
            "char" => "'x'",
            "Guid" or "DateTime" or "Kind" => "default",
            _ when Type == inner => "null",
            _ => null,
        };

        public string Default(string? inner) => Constant(inner) ?? (Type.EndsWith(']') ? "[]" : "new()");
    }
}
