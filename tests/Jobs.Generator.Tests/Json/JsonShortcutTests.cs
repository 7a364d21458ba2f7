using Xunit;

namespace Jobs.Generator.Tests.Json;

/// <summary>Which types are read and written directly, and that nobody can tell.</summary>
public sealed class JsonShortcutTests(JsonShortcutTests.SimpleTypes simple) : IClassFixture<JsonShortcutTests.SimpleTypes>
{
    private const string Simple = """
        public sealed record Positional(string To, string? Subject, int Count, bool IsUrgent);
        public sealed record WithDefault(string To, string Subject = "Hi");
        public class Settable { public string To { get; set; } = ""; public string? Note { get; set; } public long Number { get; set; } }
        public sealed class Initialized { public required string To { get; init; } public int Retries { get; init; } = 3; }
        public sealed record Mixed(string To) { public decimal Amount { get; init; } = 1.5m; [JsonPropertyName("über-name")] public string Other { get; set; } = "o"; }
        public sealed record Values(byte A, short B, uint C, ulong D, double E, Guid F, DateTime G, DateTimeOffset H);
        public sealed class Picky { public Picky(string to) => To = to.Length > 5 ? throw new InvalidOperationException("too long") : to; public string To { get; } }
        #nullable disable
        public sealed record Oblivious(string To, string Subject);
        #nullable restore
        """;

    private const string Other = """
        public sealed record Nested(string To, Inner Inner);
        public sealed record Inner(string Name);
        public sealed record WithList(string To, List<string> Items);
        public sealed record Ignoring(string To, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);
        public sealed record Ordered(string To, [property: JsonPropertyOrder(-1)] string First);
        public sealed record Extra(string To) { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }
        [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] public sealed record Strict(string To);
        [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public sealed record Numbers(int A);
        public record Base(string To);
        public sealed record Derived(string To, string Own) : Base(To);
        public sealed record Computed(string To) { public string Shout => To + "!"; }
        public readonly record struct Value(string To);
        [JsonDerivedType(typeof(Special), "special")] public record General(string To);
        public sealed record Special(string To) : General(To);
        public sealed class Called : IJsonOnDeserialized { public string To { get; set; } = ""; public void OnDeserialized() => To += "!"; }
        """;

    public static TheoryData<string, string> SimpleTexts
    {
        get
        {
            var texts = new TheoryData<string, string>
            {
                { "Positional", """{"to":"a","subject":"b","count":3,"isUrgent":true}""" },
                { "Positional", """{"to":"a","subject":null,"count":-3,"isUrgent":false}""" },
                { "Positional", """{"to":"\u00e4\n\"\ud83d\ude00","subject":"<&>","count":2147483647,"isUrgent":false}""" },
                { "Positional", """ { "to" : "a" , "subject" : "b" , "count" : 3 , "isUrgent" : true } """ },
                { "Positional", """{"to":null,"subject":"b","count":3,"isUrgent":true}""" },
                { "Positional", """{"to":"a","subject":"b","count":3.0,"isUrgent":true}""" },
                { "Positional", """{"to":"a","subject":"b","count":"3","isUrgent":true}""" },
                { "Positional", """{"to":"a","subject":"b","count":2147483648,"isUrgent":true}""" },
                { "Positional", """{"to":"a","subject":"b","count":3,"isUrgent":1}""" },
                { "Positional", """{"subject":"b","to":"a","isUrgent":true,"count":3}""" },
                { "Positional", """{"to":"a","subject":"b","count":3,"isUrgent":true,"more":[1]}""" },
                { "Positional", """{"more":{},"to":"a","subject":"b","count":3,"isUrgent":true}""" },
                { "Positional", """{"to":"a","to":"c","subject":"b","count":3,"isUrgent":true}""" },
                { "Positional", """{"To":"a","subject":"b","count":3,"isUrgent":true}""" },
                { "Positional", """{"\u0074o":"a","subject":"b","count":3,"isUrgent":true}""" },
                { "Positional", """{"to":"a","subject":"b","count":3}""" },
                { "Positional", """{"to":"a","subject":"b","count":3,"isUrgent":true}x""" },
                { "Positional", """{"to":"a","subject":"b","count":3,"isUrgent":true""" },
                { "Positional", """{"to":"\ud83d","subject":"b","count":3,"isUrgent":true}""" },
                { "Positional", "{}" },
                { "Positional", "null" },
                { "Positional", "[]" },
                { "Positional", "" },
                { "WithDefault", """{"to":"a"}""" },
                { "WithDefault", """{"to":"a","subject":"b"}""" },
                { "WithDefault", """{"to":"a","subject":null}""" },
                { "Settable", """{"to":"a","note":null,"number":9007199254740993}""" },
                { "Settable", """{"to":null,"note":"n","number":1}""" },
                { "Settable", "{}" },
                { "Initialized", """{"to":"a","retries":5}""" },
                { "Initialized", """{"to":"a"}""" },
                { "Initialized", """{"retries":5}""" },
                { "Mixed", """{"to":"a","amount":1.50,"über-name":"x"}""" },
                { "Mixed", """{"to":"a","amount":1e2,"\u00fcber-name":"x"}""" },
                { "Values", """{"a":255,"b":-5,"c":4294967295,"d":18446744073709551615,"e":1.5e300,"f":"6f9619ff-8b86-d011-b42d-00c04fc964ff","g":"2026-01-02T03:04:05.1234567Z","h":"2026-01-02T03:04:05+02:00"}""" },
                { "Values", """{"a":256,"b":-5,"c":1,"d":1,"e":0,"f":"6f9619ff-8b86-d011-b42d-00c04fc964ff","g":"2026-01-02","h":"2026-01-02"}""" },
                { "Values", """{"a":1,"b":-5,"c":1,"d":1,"e":-0.0,"f":"{6f9619ff-8b86-d011-b42d-00c04fc964ff}","g":"2026-01-02","h":"2026-01-02"}""" },
                { "Values", """{"a":1,"b":-5,"c":1,"d":1,"e":1e999,"f":"6f9619ff-8b86-d011-b42d-00c04fc964ff","g":"yesterday","h":"2026-01-02"}""" },
                { "Picky", """{"to":"short"}""" },
                { "Picky", """{"to":"too long"}""" },
                { "Oblivious", """{"to":null,"subject":"b"}""" },
            };
            return texts;
        }
    }

    [Theory]
    [MemberData(nameof(SimpleTexts))]
    public void What_is_read_directly_is_read_as_with_reflection(string type, string json)
    {
        Assert.True(simple.Subject.Format(simple.Get(type)).HasShortcut);
        JsonAgreement.OnReading(simple.Subject, simple.Get(type), json);
    }

    [Fact]
    public void All_mutations_of_simple_values_are_read_as_with_reflection()
    {
        string[] types = ["Positional", "Settable", "Mixed", "Values"];
        foreach (var type in types)
        {
            var json = SimpleTexts.First(text => text.Data.Item1 == type).Data.Item2;
            foreach (var variant in JsonMutations.Of(json))
            {
                JsonAgreement.OnReading(simple.Subject, simple.Get(type), variant);
            }
        }
    }

    [Fact]
    public void What_is_not_simple_is_left_to_the_serializer()
    {
        string[] types = ["Nested", "WithList", "Ignoring", "Ordered", "Extra", "Strict", "Numbers", "Derived", "Computed", "Value", "General", "Called"];
        using var subject = JsonSubject.Compile(Other, types);
        Assert.DoesNotContain(types.Select((_, index) => subject.Format(subject.Root(index))), static format => format.HasShortcut);
    }

    [Fact]
    public void A_null_that_the_type_forbids_is_refused_in_the_serializers_words()
    {
        var type = simple.Get("Settable");
        var value = simple.Subject.Format(type).Read("""{"to":"a","note":"n","number":1}""")!;
        type.GetProperty("To")!.SetValue(value, null);
        Assert.StartsWith("! ", JsonAgreement.OnWriting(simple.Subject, type, value), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_json_lacks_are_refused_as_with_reflection()
    {
        using var subject = JsonSubject.Compile("public sealed class Number { public double Value { get; set; } public string Text { get; set; } = \"\"; }", "Number");
        var value = Activator.CreateInstance(subject.Root())!;
        subject.Root().GetProperty("Value")!.SetValue(value, double.NaN);
        Assert.StartsWith("! ", JsonAgreement.OnWriting(subject, subject.Root(), value), StringComparison.Ordinal);

        // What had been written by then is not in the way of the next value.
        subject.Root().GetProperty("Value")!.SetValue(value, 1.5);
        Assert.Equal("""{"value":1.5,"text":""}""", JsonAgreement.OnWriting(subject, subject.Root(), value));
    }

    [Fact]
    public void Large_values_are_written_whole()
    {
        using var subject = JsonSubject.Compile("public sealed record Large(string Text);", "Large");
        var format = subject.Format(subject.Root());
        for (var i = 0; i < 3; i++)
        {
            var value = Activator.CreateInstance(subject.Root(), new string('x', 200_000 >> (8 * i)))!;
            Assert.Equal(value, format.Read(format.Write(value)));
        }
    }

    /// <summary>Compiled once for all tests.</summary>
    public sealed class SimpleTypes : IDisposable
    {
        private static readonly string[] s_names = ["Positional", "WithDefault", "Settable", "Initialized", "Mixed", "Values", "Picky", "Oblivious"];

        internal JsonSubject Subject { get; } = JsonSubject.Compile(Simple, s_names);

        internal Type Get(string name) => Subject.Root(Array.IndexOf(s_names, name));

        public void Dispose() => Subject.Dispose();
    }
}
