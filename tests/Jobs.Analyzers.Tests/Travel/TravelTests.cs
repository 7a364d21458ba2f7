using System.Globalization;
using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Travel;

public sealed class TravelTests
{
    private static Task<IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic>> VerifyAsync(string types, string input, string? result = null) => Analysis.VerifyAsync(new TestProject($$"""
        using System.IO;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Diagnostics.CodeAnalysis;
        {{types}}
        [Job("work")] public sealed class Work : IJobHandler<{{input}}{{(result is null ? "" : ", " + result)}}>
        {
            public ValueTask{{(result is null ? "" : $"<{result}>")}} HandleAsync({{input}} input, JobContext context, CancellationToken cancellationToken) => default;
        }
        """));

    [Theory]
    [InlineData("Action {|JOB0301:Value|}")]
    [InlineData("Stream {|JOB0301:Value|}")]
    [InlineData("FileStream? {|JOB0301:Value|}")]
    [InlineData("Task<int> {|JOB0301:Value|}")]
    [InlineData("ValueTask {|JOB0301:Value|}")]
    [InlineData("CancellationToken {|JOB0301:Value|}")]
    [InlineData("IServiceProvider {|JOB0301:Value|}")]
    [InlineData("InvalidOperationException {|JOB0301:Value|}")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> {|JOB0301:Value|}")]
    [InlineData("Type {|JOB0301:Value|}")]
    [InlineData("nint {|JOB0301:Value|}")]
    [InlineData("int[,] {|JOB0301:Value|}")]
    [InlineData("IAsyncEnumerable<int> {|JOB0301:Value|}")]
    [InlineData("IFormattable {|JOB0301:Value|}")]
    [InlineData("object {|JOB0303:Value|}")]
    [InlineData("Dictionary<string, object?> {|JOB0303:Value|}")]
    public async Task What_means_nothing_elsewhere_is_reported_at_the_member(string member) =>
        await VerifyAsync($"public sealed record Input({member});", "Input");

    [Theory]
    [InlineData("JsonElement Value")]
    [InlineData("byte[] Value")]
    [InlineData("IReadOnlyDictionary<string, List<int?>> Value")]
    [InlineData("Uri Value")]
    [InlineData("(int A, string B)[] Value")]
    [InlineData("Nullable<DateOnly> Value")]
    [InlineData("[property: JsonIgnore] int Value) { [JsonIgnore] public Action? Callback { get; set; } public int Twice => Value * 2; public Type Kind => typeof(int); public string Version { get; } = \"1\"; public Input(string other")]
    public async Task What_travels_is_left_alone(string member) =>
        await VerifyAsync($"public sealed record Input({member.Replace(" public Type Kind => typeof(int);", "", StringComparison.Ordinal).Replace("; public Input(string other", "; private int Hidden", StringComparison.Ordinal)}{(member.Contains("Callback", StringComparison.Ordinal) ? "; }" : ");")}", "Input");

    [Fact]
    public async Task The_message_names_the_way()
    {
        var diagnostics = await VerifyAsync(
            """
            public sealed record SendEmailInput(string To, Attachment[] Attachments);
            public sealed class Attachment { public Dictionary<string, List<Part>>? Parts { get; init; } }
            public sealed record Part(Stream {|JOB0301:Content|});
            """,
            "SendEmailInput");

        Assert.Equal(
            "'SendEmailInput.Attachments[].Parts[][].Content' of job 'work' cannot travel: it is open in one process only; send the content, or say where it is stored",
            Assert.Single(diagnostics).GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Results_travel_too() => await VerifyAsync("public abstract class Shape; public sealed record Result(Shape {|JOB0301:Shape|});", "int", "Result");

    [Fact]
    public async Task Derived_types_that_are_named_travel_and_are_looked_at() => await VerifyAsync(
        """
        [JsonDerivedType(typeof(Circle), "circle")] public abstract class Shape;
        public sealed class Circle : Shape { public Action? {|JOB0301:Draw|} { get; set; } }
        """,
        "Shape");

    [Fact]
    public async Task A_constructor_that_cannot_be_called_or_filled_is_reported() => await VerifyAsync(
        """
        public sealed class Secret { private Secret() { } public int X { get; set; } }
        public sealed class Renamed { public Renamed(string {|JOB0301:text|}) => Value = text; public string Value { get; } }
        public sealed record Input(Secret {|JOB0301:Secret|}, Renamed Renamed);
        """.Replace("public string Value", "public string {|JOB0302:Value|}", StringComparison.Ordinal),
        "Input");

    [Fact]
    public async Task Members_that_would_vanish_are_reported() => await VerifyAsync(
        """
        public sealed class Input
        {
            public int {|JOB0302:Field|};
            public string {|JOB0302:Set|} { get; private set; } = "";
            public string? {|JOB0302:Never|} { get; }
            public List<int> {|JOB0302:List|} { get; } = [];
            public int {|JOB0302:WriteOnly|} { set { Field = value; } }
            [JsonInclude] public int Included;
            [JsonInclude] public string Inner { get; private set; } = "";
            [JsonIgnore] public string? Ignored { get; }
            [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public List<int> Filled { get; } = [];
            public const int Constant = 1;
            public static int Shared { get; set; }
            internal int Internal { get; set; }
            public string Computed => Set + Never;
            public string Version { get; } = "1";
            public required string Fine { get; init; }
        }
        """,
        "Input");

    [Fact]
    public async Task A_child_that_knows_its_parent_is_reported_and_a_tree_is_not() => await VerifyAsync(
        """
        public sealed class Order { public List<Line> Lines { get; init; } = []; public Tree? Tree { get; init; } public Link? Link { get; init; } }
        public sealed class Line { public Order? {|JOB0304:Order|} { get; init; } }
        public sealed class Tree { public List<Tree> Children { get; init; } = []; }
        public sealed class Link { public Link? Next { get; init; } }
        public sealed class Input { public Order? Order { get; init; } public Node? Node { get; init; } }
        public sealed class Node { public Node? {|JOB0304:Parent|} { get; init; } public Node[] Children { get; init; } = []; }
        """,
        "Input");

    [Fact]
    public async Task What_only_a_getter_gives_away_may_be_an_interface() => await VerifyAsync(
        "public interface INamed { string Name { get; } } public sealed record Input(string Name) : INamed { public INamed Self => this; }", "Input");

    [Fact]
    public async Task A_converter_or_a_context_of_ones_own_answers_for_itself() => await Analysis.VerifyAsync("""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        public sealed class TypeConverter : JsonConverter<Type> { public override Type? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Type.GetType(reader.GetString()!); public override void Write(Utf8JsonWriter writer, Type value, JsonSerializerOptions options) => writer.WriteStringValue(value.FullName); }
        public sealed class Input { [JsonConverter(typeof(TypeConverter))] public Type? Type { get; init; } }
        [Job] public sealed class Work : IJobHandler<Input> { public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default; }
        """);

    [Fact]
    public async Task An_attribute_that_native_programs_cannot_use_is_reported_where_it_is() => await VerifyAsync(
        """
        public sealed class UnsafeAttribute : ValidationAttribute { [RequiresUnreferencedCode("reflects")] public UnsafeAttribute() { } }
        public sealed record Line([{|JOB0701:Unsafe|}] string Sku, [MinLength(1), Length(1, 5)] string Name);
        public sealed record Input([MaxLength(3)] List<Line> Lines) { [Compare(nameof(Second))] public string? First { get; init; } public string? Second { get; init; } }
        """,
        "Input",
        "Line");
}
