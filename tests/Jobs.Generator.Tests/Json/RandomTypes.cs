using System.Globalization;
using System.Text;

namespace Jobs.Generator.Tests.Json;

/// <summary>Invents declarations of records, classes and structs, and JSON for them. The same seed invents the same.</summary>
internal sealed class RandomTypes(int seed)
{
    private static readonly string[] Simple =
    [
        "int", "long", "byte", "bool", "double", "decimal", "string", "char", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeSpan", "Uri", "JsonElement", "object", "JobId", "Kind", "Days",
    ];

    private static readonly string[] Wrappers =
    [
        "{0}[]", "List<{0}>", "IReadOnlyList<{0}>", "IEnumerable<{0}>", "ImmutableArray<{0}>", "ImmutableList<{0}>", "HashSet<{0}>", "Queue<{0}>", "Dictionary<string, {0}>", "IReadOnlyDictionary<string, {0}>",
        "Dictionary<int, {0}>", "Dictionary<Kind, {0}>", "ImmutableDictionary<string, {0}>", "Box<{0}>", "Pair<{0}, int>",
    ];

    private readonly Random _random = new(seed);
    private readonly List<Shape> _shapes = [];

    /// <summary>Declares types T0, T1 and so on; later ones use earlier ones.</summary>
    public string Declare(int count)
    {
        var source = new StringBuilder();
        source.AppendLine("public enum Kind { None, First, Second }");
        source.AppendLine("[Flags] public enum Days { None = 0, Mon = 1, Tue = 2, Wed = 4 }");
        source.AppendLine("public sealed record Box<T>(T Value) { public T? Maybe { get; init; } public int Size { get; init; } = 3; }");
        source.AppendLine("public sealed class Pair<T, U> { public required T Left { get; init; } public U? Right { get; set; } }");
        for (var index = 0; index < count; index++)
        {
            source.AppendLine(DeclareOne(index));
        }

        return source.ToString();
    }

    /// <summary>JSON that mostly fits a declared type.</summary>
    public string Json(string type, int depth = 0)
    {
        if (type.EndsWith('?'))
        {
            return _random.Next(3) == 0 ? "null" : Json(type[..^1], depth);
        }

        if (Of(type) is { } declared)
        {
            return depth > 5 ? "null" : Members(declared.Members.Where(member => !member.IsOptional || _random.Next(4) > 0), depth);
        }

        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return List(type[..^2], depth);
        }

        var bracket = type.IndexOf('<', StringComparison.Ordinal);
        return bracket < 0 ? Value(type) : Generic(type[..bracket], type[(bracket + 1)..^1], depth);
    }

    private string Generic(string name, string arguments, int depth)
    {
        var comma = TopLevelComma(arguments);
        var first = comma < 0 ? arguments : arguments[..comma];
        var second = comma < 0 ? "" : arguments[(comma + 2)..];
        return name switch
        {
            "Box" => Members([new("Value", first, false), new("Maybe", first + "?", true), new("Size", "int", true)], depth),
            "Pair" => Members([new("Left", first, false), new("Right", second, true)], depth),
            _ when comma > 0 => $$"""{{{string.Join(",", Enumerable.Range(0, _random.Next(3)).Select(index => $"\"{Key(first, index)}\":{Json(second, depth + 1)}"))}}}""",
            _ => List(first, depth),
        };
    }

    private string List(string element, int depth) => $"[{string.Join(",", Enumerable.Range(0, _random.Next(3)).Select(_ => Json(element, depth + 1)))}]";

    private string Members(IEnumerable<Member> members, int depth) =>
        $$"""{{{string.Join(",", members.Select(member => $"\"{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member.Name)}\":{Json(member.Type, depth + 1)}"))}}}""";

    private static string Key(string type, int index) => type switch
    {
        "int" => index.ToString(CultureInfo.InvariantCulture),
        "Kind" => index == 0 ? "First" : "Second",
        _ => "Key" + index,
    };

    private string Value(string type) => type switch
    {
        "int" or "long" => _random.Next(-9, 99).ToString(CultureInfo.InvariantCulture),
        "byte" => _random.Next(0, 300).ToString(CultureInfo.InvariantCulture),
        "bool" => _random.Next(2) == 0 ? "true" : "false",
        "double" or "decimal" => (_random.Next(-99, 99) / 4.0).ToString(CultureInfo.InvariantCulture),
        "string" => Pick("\"\"", "\"text\"", "\"\\u00e9 \\\"quoted\\\"\""),
        "char" => Pick("\"x\"", "\"xy\""),
        "Guid" or "JobId" => $"\"{new Guid(_random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)}\"",
        "DateTime" => "\"2024-02-29T12:00:00Z\"",
        "DateTimeOffset" => "\"2024-02-29T12:00:00+02:00\"",
        "DateOnly" => "\"2024-02-29\"",
        "TimeSpan" => "\"01:02:03\"",
        "Uri" => "\"https://example.com/\"",
        "Kind" => Pick("\"First\"", "\"second\"", "2", "\"Third\""),
        "Days" => Pick("\"Mon, Tue\"", "5", "\"none\""),
        _ => Pick("1", "\"text\"", "{\"a\":[1,null]}", "[]", "true"),
    };

    private string DeclareOne(int index)
    {
        var name = "T" + index;
        var members = Enumerable.Range(0, _random.Next(1, 7)).Select(at => new Member("M" + at, RandomType(index), _random.Next(2) == 0)).ToList();
        var kind = _random.Next(6);
        var shape = new Shape(name, members);
        _shapes.Add(shape);
        var attribute = _random.Next(8) == 0 ? "[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] " : "";
        return attribute + (kind switch
        {
            0 => $"public sealed record {name}({Parameters(members)});",
            1 => $"public readonly record struct {name}({Parameters(members)});",
            2 => $"public sealed record {name}({Parameters(members.Take(1))}) {{ {string.Join(" ", members.Skip(1).Select(Declare))} }}",
            3 => $"public struct {name} {{ public {name}() {{ }} {string.Join(" ", members.Select(Declare))} }}",
            4 => $"public class {name}Base {{ {string.Join(" ", members.Take(2).Select(Declare))} }} public sealed class {name} : {name}Base {{ {string.Join(" ", members.Skip(2).Select(Declare))} }}",
            _ => $"public sealed class {name} {{ {string.Join(" ", members.Select(Declare))} }}",
        });
    }

    private string Parameters(IEnumerable<Member> members)
    {
        // Optional parameters come last, and only types with a simple constant have one.
        var ordered = members.Select(member => (member, DefaultOf(member))).OrderBy(pair => pair.Item2 is null ? 0 : 1);
        return string.Join(", ", ordered.Select(pair => $"{pair.member.Type} {pair.member.Name}{(pair.Item2 is null ? "" : " = " + pair.Item2)}"));
    }

    private static string? DefaultOf(Member member) => !member.IsOptional ? null : member.Type switch
    {
        "int" or "long" or "byte" or "double" or "decimal" => "7",
        "bool" => "true",
        "string" => "\"default\"",
        "char" => "'d'",
        "Kind" => "Kind.Second",
        _ when member.Type.EndsWith('?') => "null",
        _ => null,
    };

    private string Declare(Member member)
    {
        var initializer = DefaultOf(member with { IsOptional = true }) is { } value ? $" = {value};" : IsValue(member.Type) ? "" : " = default!;";
        var required = member.IsOptional ? "" : "required ";
        return _random.Next(member.IsOptional ? 9 : 2) switch
        {
            0 => $"public {required}{member.Type} {member.Name} {{ get; init; }}{(required.Length > 0 ? "" : initializer)}",
            1 => $"public {required}{member.Type} {member.Name} {{ get; set; }}{(required.Length > 0 ? "" : initializer)}",
            2 => $"[JsonInclude] public {member.Type} {member.Name} {{ get; private set; }}{initializer}",
            3 => $"[JsonInclude] private {member.Type} {member.Name} {{ get; init; }}{initializer}",
            4 => $"[JsonIgnore(Condition = JsonIgnoreCondition.{Pick("Always", "Never", "WhenWritingDefault")})] public {member.Type} {member.Name} {{ get; init; }}{initializer}",
            5 => $"[JsonPropertyName(\"{Pick("renamed", "m0", "Other")}{member.Name}\")] public {member.Type} {member.Name} {{ get; set; }}{initializer}",
            6 => $"[JsonPropertyOrder({_random.Next(-2, 3)})] public {member.Type} {member.Name} {{ get; init; }}{initializer}",
            7 => $"[JsonInclude] public {member.Type} {member.Name}{(initializer.Length == 0 ? ";" : initializer)}",
            _ => $"public {member.Type} {member.Name} {{ get; private set; }}{initializer}",
        };
    }

    private string RandomType(int known, int depth = 0)
    {
        var type = _random.Next(5) switch
        {
            0 when depth < 2 => string.Format(CultureInfo.InvariantCulture, Pick(Wrappers), RandomType(known, depth + 1)),
            1 when known > 0 => "T" + _random.Next(known),
            _ => Pick(Simple),
        };
        return _random.Next(4) == 0 ? type + "?" : type;
    }

    private Shape? Of(string type) => _shapes.Find(shape => shape.Name == type);

    private string Pick(params string[] values) => values[_random.Next(values.Length)];

    private static bool IsValue(string type) => type.EndsWith('?') || type is "int" or "long" or "byte" or "bool" or "double" or "decimal" or "char" or "Guid" or "DateTime" or "Kind" or "Days";

    private static int TopLevelComma(string text)
    {
        var depth = 0;
        for (var index = 0; index < text.Length; index++)
        {
            depth += text[index] switch { '<' => 1, '>' => -1, _ => 0 };
            if (text[index] == ',' && depth == 0)
            {
                return index;
            }
        }

        return -1;
    }

    private sealed record Shape(string Name, IReadOnlyList<Member> Members);

    private sealed record Member(string Name, string Type, bool IsOptional);
}
