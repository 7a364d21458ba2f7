using System.Text.Json;
using Jobs.Redaction;
using Xunit;

namespace Jobs.Generator.Tests.Json;

/// <summary>What is redacted, by emitted metadata as by reflection's.</summary>
public sealed class JsonRedactionTests(JsonRedactionTests.RedactedTypes types) : IClassFixture<JsonRedactionTests.RedactedTypes>
{
    private const string Types = """
        public sealed record Root(string Name, [property: Redacted] string Password, Card Card, Card? Spare, List<Card> Cards, Dictionary<string, Card[]> ByOwner, Point? Where, int[] Numbers)
        {
            [Redacted] public List<int>? Pins { get; init; }
            [Redacted, JsonPropertyName("über")] public Plain? Other { get; init; }
        }
        public sealed class Card { [Redacted] public long Number { get; set; } public string Holder { get; set; } = ""; public Plain? Plain { get; set; } }
        public sealed record Plain(string Text);
        public readonly record struct Point(int X, [property: Redacted] int Y);
        public sealed class Node { public string Label { get; set; } = ""; [Redacted] public string Secret { get; set; } = ""; public Node? Next { get; set; } public List<Node> Children { get; set; } = []; }
        [JsonDerivedType(typeof(ByCard), "card"), JsonDerivedType(typeof(ByTransfer), "transfer")] public abstract record Payment(decimal Amount);
        public sealed record ByCard(decimal Amount, [property: Redacted] string Number) : Payment(Amount);
        public sealed record ByTransfer(decimal Amount, string Bank) : Payment(Amount);
        public abstract class Base { [Redacted] public virtual string Key { get; set; } = ""; public virtual string Open { get; set; } = ""; }
        public sealed class Derived : Base { public override string Key { get; set; } = ""; [Redacted] public override string Open { get; set; } = ""; public int Count { get; set; } }
        public sealed class Field { [JsonInclude, Redacted] public string Secret = ""; public int Count { get; set; } }
        public sealed class More { [Redacted, JsonExtensionData] public Dictionary<string, JsonElement>? Rest { get; set; } public int Count { get; set; } }
        public sealed record Nothing(string Name, Plain Plain, List<Plain> Plains, Nothing? Next);
        """;

    private static readonly string[] _roots = ["Root", "Node", "Payment", "Derived", "Field", "More", "List<Card>", "Dictionary<string, Payment>", "Nothing", "List<Nothing>", "int", "string[]"];

    [Theory]
    [InlineData(0, """{"name":"n","password":"p","card":{"number":1,"holder":"h","plain":{"text":"t"}}}""", """{"name":"n","password":"*","card":{"number":"*","holder":"h","plain":{"text":"t"}}}""")]
    [InlineData(0, """{"spare":null,"cards":[{"number":1},null,{"number":2,"holder":"h"}]}""", """{"spare":null,"cards":[{"number":"*"},null,{"number":"*","holder":"h"}]}""")]
    [InlineData(0, """{"byOwner":{"a":[{"number":1}],"password":[]},"where":{"x":1,"y":2},"numbers":[1,2]}""", """{"byOwner":{"a":[{"number":"*"}],"password":[]},"where":{"x":1,"y":"*"},"numbers":[1,2]}""")]
    [InlineData(0, """{"pins":[1,2,[3]],"über":{"text":{"deep":[1]}},"name":"\u00e4\n\"<&>\ud83d\ude00"}""", """{"pins":"*","über":"*","name":"\u00e4\n\"<&>\ud83d\ude00"}""")]
    [InlineData(1, """{"secret":"1","next":{"secret":"2","label":"l","children":[{"secret":"3","next":{"secret":"4"}}]},"children":[]}""", """{"secret":"*","next":{"secret":"*","label":"l","children":[{"secret":"*","next":{"secret":"*"}}]},"children":[]}""")]
    [InlineData(2, """{"$type":"card","amount":1,"number":"4711"}""", """{"$type":"card","amount":1,"number":"*"}""")]
    [InlineData(2, """{"$type":"transfer","amount":1.50,"bank":"b"}""", """{"$type":"transfer","amount":1.50,"bank":"b"}""")]
    [InlineData(3, """{"key":"k","open":"o","count":1}""", """{"key":"*","open":"*","count":1}""")]
    [InlineData(4, """{"secret":"s","count":1}""", """{"secret":"*","count":1}""")]
    [InlineData(5, """{"count":1,"a":2,"b":{"c":3}}""", """{"count":1,"a":"*","b":"*"}""")]
    [InlineData(6, """[{"number":1,"holder":"h"}]""", """[{"number":"*","holder":"h"}]""")]
    [InlineData(7, """{"x":{"$type":"card","number":"1"},"y":null}""", """{"x":{"$type":"card","number":"*"},"y":null}""")]
    public void Values_are_hidden_wherever_they_are_and_all_else_is_as_it_was(int root, string json, string shown) => AssertShown(root, json, shown);

    [Theory]
    [InlineData(0, """{"name":"n","passwort":"p","Password":"P"}""", """{"name":"n","passwort":"*","Password":"*"}""")]
    [InlineData(0, """{"card":{"number":1,"pin":7,"plain":{"text":"t","more":1}}}""", """{"card":{"number":"*","pin":"*","plain":{"text":"t","more":1}}}""")]
    [InlineData(0, """{"card":"4711","cards":{"a":"4711"},"where":[2],"password":"p","password":"q"}""", """{"card":"*","cards":{"a":"*"},"where":"*","password":"*","password":"*"}""")]
    [InlineData(0, "[{\"password\":\"p\"}]", "\"*\"")]
    [InlineData(0, "\"p\"", "\"*\"")]
    [InlineData(0, "null", "null")]
    public void What_is_not_as_the_type_says_is_rather_hidden(int root, string json, string shown) => AssertShown(root, json, shown);

    [Fact]
    public void A_type_in_which_nothing_is_redacted_is_left_alone() =>
        Assert.All(Enumerable.Range(8, 4), root => Assert.Null(JsonRedaction.Of(types.Subject.Emitted.GetTypeInfo(types.Subject.Root(root)))));

    [Fact]
    public void The_mark_is_recognized_where_a_value_is_hidden_and_nowhere_else()
    {
        var redaction = JsonRedaction.Of(types.Subject.Emitted.GetTypeInfo(types.Subject.Root()))!;

        Assert.True(redaction.HasMark(Parse("""{"cards":[{"number":"[redacted]"}]}""")));
        Assert.False(redaction.HasMark(Parse("""{"name":"[redacted]","password":"p","cards":[{"holder":"[redacted]"}]}""")));
    }

    private void AssertShown(int root, string json, string shown)
    {
        foreach (var options in new[] { types.Subject.Emitted, types.Subject.Reflected })
        {
            var redaction = JsonRedaction.Of(options.GetTypeInfo(types.Subject.Root(root)))!;
            var actual = redaction.Apply(Parse(json)).GetRawText();
            Assert.Equal(JsonSerializer.Serialize(Parse(shown.Replace("\"*\"", $"\"{JsonRedaction.Mark}\"", StringComparison.Ordinal))), actual);
        }
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public sealed class RedactedTypes : IDisposable
    {
        internal JsonSubject Subject { get; } = JsonSubject.Compile(Types, _roots);

        public void Dispose() => Subject.Dispose();
    }
}
