using Xunit;

namespace Jobs.Generator.Tests.Validation;

/// <summary>What the framework has no word for: records, nulls, paths, cycles, depth, derived types.</summary>
public sealed class ValidatorTests
{
    [Fact]
    public void A_record_is_checked_by_the_attributes_on_its_parameters() => Expect(
        "public sealed record Mail([EmailAddress] string To, [Required, StringLength(5)] string Subject, string Body);",
        "Mail",
        "new Mail(\"x\", \"too long\", null!)",
        new("To", "The To field is not a valid e-mail address.", "EmailAddress"),
        new("Subject", "The field Subject must be a string with a maximum length of 5.", "StringLength"),
        new("Body", "The Body field is required.", "Required"));

    [Fact]
    public void An_empty_string_is_a_value() => Expect("public sealed record Mail(string To);", "Mail", "new Mail(\"\")");

    [Theory]
    [InlineData("Mail", "Mail")]
    [InlineData("string", "String")]
    [InlineData("int?", "Nullable`1")]
    [InlineData("List<Mail>", "List`1")]
    [InlineData("Mail[]", "Mail[]")]
    public void A_missing_input_is_an_error(string root, string name) => Expect(
        "public sealed record Mail(string To);", root, "null", new JobValidationError("", $"The {name} field is required.", "Required"));

    [Fact]
    public void Members_of_code_without_nullable_annotations_may_be_null() => Expect(
        "#nullable disable\npublic class Old { public string Name { get; set; } public List<string> Names { get; set; } = [null]; }\n#nullable enable", "Old", "new Old()");

    [Fact]
    public void Paths_lead_through_collections_and_dictionaries() => Expect(
        """
        public sealed record Line([Required] string Sku, Line[]? Parts = null);
        public sealed record Order(List<Line> Lines, Dictionary<string, Line> Map, IReadOnlyDictionary<int, List<Line>> Deep, IEnumerable<Line> Rest);
        """,
        "Order",
        """new Order([new("a"), new("", [new("a"), new(" ")])], new() { ["k"] = new("") }, new Dictionary<int, List<Line>> { [7] = [new("")] }, new HashSet<Line> { new("x"), new("") })""",
        Required("Lines[1].Sku", "Sku"), Required("Lines[1].Parts[1].Sku", "Sku"), Required("Map[k].Sku", "Sku"), Required("Deep[7][0].Sku", "Sku"), Required("Rest[1].Sku", "Sku"));

    [Fact]
    public void Nulls_among_elements_are_errors_where_the_declaration_allows_none() => Expect(
        """
        public sealed record Line(string Sku);
        public sealed record Order(List<Line> Lines, string[] Tags, Dictionary<string, Line> Map, List<Line?> Gaps, string?[] Notes, List<List<string>> Grid, IEnumerable<string> Words);
        """,
        "Order",
        """new Order([null!, new("a")], ["x", null!], new() { ["k"] = null! }, [null], [null], [["a", null!]], new HashSet<string> { null! })""",
        Required("Lines[0]"), Required("Tags[1]"), Required("Map[k]"), Required("Words[0]"), Required("Grid[0][1]", "[1]"));

    [Fact]
    public void Collections_of_ones_own_have_the_elements_that_their_bases_say() => Expect(
        """
        public sealed record Line([Required] string Sku);
        public sealed class Batch<T> : List<T>;
        public sealed class Gaps<T> : List<T?> where T : class;
        public sealed class Grid<T> : List<List<T>>;
        public sealed class Named<T> : Dictionary<string, T>;
        public sealed record Order(Batch<Line> Lines, Gaps<Line> Gaps, Grid<Line> Grid, Named<Line> Map);
        """,
        "Order",
        """new Order([null!, new("")], [null, new("")], [[new("")]], new() { ["k"] = new("") })""",
        Required("Lines[0]"), Required("Lines[1].Sku", "Sku"), Required("Gaps[1].Sku", "Sku"), Required("Grid[0][0].Sku", "Sku"), Required("Map[k].Sku", "Sku"));

    [Fact]
    public void A_collection_may_be_the_input() => Expect(
        "public sealed record Line([Required] string Sku);", "List<Line>", "new List<Line> { null!, new(\"\") }", Required("[0]"), Required("[1].Sku", "Sku"));

    [Fact]
    public void A_struct_may_be_the_input() => Expect(
        "public readonly record struct Point([Range(0, 9)] int X, string Name);", "Point?", "new Point(10, null!)",
        new("X", "The field X must be between 0 and 9.", "Range"), Required("Name"));

    [Fact]
    public void A_value_that_contains_itself_is_checked_once() => Expect(
        """
        public sealed class Node { public string? Name { get; set; } [Required] public string? Key { get; set; } public Node? Next { get; set; } public List<Node> All { get; } = []; }
        public static class Make { public static Node Ring() { var a = new Node(); var b = new Node { Next = a, Key = "b" }; a.Next = b; a.All.Add(a); b.All.Add(a); return a; } }
        """,
        "Node", "Make.Ring()", Required("Key"));

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void Depth_ends_at_64(int depth, bool isTooDeep)
    {
        var errors = Validate(
            "public sealed record Node([Range(0, 1)] int Value, Node? Next); public static class Make { public static Node Chain(int depth) => new(0, depth == 1 ? null : Chain(depth - 1)); }",
            "Node", $"Make.Chain({depth})");

        Assert.Equal(isTooDeep ? [new(string.Join('.', Enumerable.Repeat("Next", 64)), "The value is nested more than 64 levels deep.", "Depth")] : [], errors);
    }

    [Fact]
    public void Values_are_checked_as_what_they_are() => Expect(
        """
        public abstract record Shape([Range(1, 9)] int Size);
        public record Circle(int Size, [Required] string Color) : Shape(Size);
        public sealed record Disc(int Size, string Color, [MinLength(2)] string Label) : Circle(Size, Color);
        public interface IPart { [Range(1, 9)] int Number { get; } }
        public sealed class Bolt : IPart { public int Number { get; set; } [Required] public string? Thread { get; set; } }
        public sealed record Drawing(Shape Main, List<Shape> Others, IPart Part);
        """,
        "Drawing", """new Drawing(new Disc(0, "", "x"), [new Circle(1, "")], new Bolt())""",
        new("Main.Size", "The field Size must be between 1 and 9.", "Range"),
        Required("Main.Color", "Color"),
        new("Main.Label", "The field Label must be a string or array type with a minimum length of '2'.", "MinLength"),
        Required("Others[0].Color", "Color"),
        Required("Part.Thread", "Thread"));

    [Fact]
    public void Attributes_of_the_type_and_the_object_itself_come_when_all_members_hold()
    {
        const string Source = """
            public sealed class NeverAttribute : ValidationAttribute
            {
                protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
                    ((Range)value!).From == 1 ? new ValidationResult(context.DisplayName + context.MemberName, ["From", "To"]) : null;
            }
            [Never, Display(Name = "Span")] public sealed record Range([Range(0, 9)] int From, int To) : IValidatableObject
            {
                public IEnumerable<ValidationResult> Validate(ValidationContext context) => [new("never ends", ["To"]), ValidationResult.Success!, new("as a whole")];
            }
            public sealed record Outer(Range Inner);
            """;
        Expect(Source, "Outer", "new Outer(new(10, 1))", new JobValidationError("Inner.From", "The field From must be between 0 and 9.", "Range"));
        Expect(Source, "Outer", "new Outer(new(1, 1))", new("Inner.From", "Span", "Never"), new("Inner.To", "Span", "Never"));
        Expect(Source, "Outer", "new Outer(new(2, 1))", new("Inner.To", "never ends", "Validate"), new("Inner", "as a whole", "Validate"));
    }

    [Fact]
    public void Attributes_can_ask_for_services()
    {
        const string Source = """
            public sealed class KnownAttribute : ValidationAttribute
            {
                protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
                    context.GetService(typeof(string)) is string known && known == (string?)value ? null : new ValidationResult("unknown");
            }
            public sealed record Mail([Known] string To);
            public static class Values { public static Mail V = new("me"); }
            """;
        var assembly = ValidatedAssembly.Create(Source, "Mail");

        Assert.Empty(assembly.Validate("Mail", assembly.Value("V"), new OneService("me")));
        Assert.Equal([new("To", "unknown", "Known")], assembly.Validate("Mail", assembly.Value("V"), new OneService("you")));
        Assert.Equal([new("To", "unknown", "Known")], assembly.Validate("Mail", assembly.Value("V")));
    }

    [Fact]
    public void A_computed_member_is_read_for_its_attributes_alone() => Expect(
        "public sealed record Name(string? First) { [MaxLength(1)] public string Full => First ?? \"none\"; public string Broken => First!.Trim(); public Name Self => new(First); }",
        "Name", "new Name((string?)null)",
        new JobValidationError("Full", "The field Full must be a string or array type with a maximum length of '1'.", "MaxLength"));

    [Fact]
    public void What_json_ignores_need_not_be_there() => Expect(
        "public sealed class Mail { [JsonIgnore] public string Cache { get; set; } = null!; [JsonIgnore, Range(1, 2)] public int Count { get; set; } }", "Mail", "new Mail()",
        new JobValidationError("Count", "The field Count must be between 1 and 2.", "Range"));

    [Fact]
    public void Overflow_of_the_limits_type_is_out_of_range() => Expect(
        "public sealed record Big([Range(1, 10)] long A, [Range(1, 10)] decimal B);", "Big", "new Big(long.MaxValue, 1e20m)",
        new("A", "The field A must be between 1 and 10.", "Range"), new("B", "The field B must be between 1 and 10.", "Range"));

    [Fact]
    public void Results_without_member_names_are_put_on_the_member_with_the_attribute() => Expect(
        """
        public static class Checks { public static ValidationResult? Text(string text) => new("bad"); }
        public sealed record Mail([property: Compare("Nobody")] string To, [CustomValidation(typeof(Checks), "Text")] string From);
        """,
        "Mail", "new Mail(\"\", \"\")",
        new("To", "Could not find a property named Nobody.", "Compare"), new("From", "bad", "CustomValidation"));

    [Fact]
    public void Generic_types_and_nested_types_have_validators_of_their_own() => Expect(
        """
        public static class Outer { public sealed record Page<T>(T Item, List<T> Items); public sealed record @event([Required] string @class); }
        public sealed record Books(Outer.Page<string> Strict, Outer.Page<string?> Loose, Outer.Page<Outer.@event> Events, Outer.Page<int> Numbers);
        """,
        "Books", """new Books(new(null!, [null!]), new(null, [null]), new(new(""), [new("")]), new(0, []))""",
        Required("Strict.Item", "Item"), Required("Strict.Items[0]", "Items[0]"), Required("Events.Item.class", "class"), Required("Events.Items[0].class", "class"));

    [Fact]
    public void A_type_has_one_model_from_wherever_it_is_reached()
    {
        var assembly = ValidatedAssembly.Create(
            "public sealed record Line([Required] string Sku, Line[]? Parts); public sealed record A(Line[]? Lines); public sealed record B(Line[] Lines);", "A", "B", "Line[]", "Line[]?", "Line");

        Assert.Equal(1, assembly.Emitted.Split("private static void Check_Line(").Length - 1);
    }

    [Fact]
    public void Nothing_is_emitted_for_what_has_no_rules()
    {
        var assembly = ValidatedAssembly.Create("public readonly record struct Point(int X, int Y);", "Point", "int");

        Assert.Empty(assembly.Emitted);
    }

    [Fact]
    public void The_empty_result_is_shared()
    {
        var assembly = ValidatedAssembly.Create("public sealed record Mail(string To); public static class Values { public static Mail V = new(\"me\"); }", "Mail");

        Assert.Same(assembly.Validate("Mail", assembly.Value("V")), assembly.Validate("Mail", assembly.Value("V")));
    }

    [Fact]
    public void A_valid_input_costs_no_allocation()
    {
        const string Source = """
            public sealed record Line([Required, StringLength(9)] string Sku, [Range(1, 9)] int? Count, [Range(typeof(decimal), "0", "9")] decimal Price, Line? Part);
            public sealed record Order([EmailAddress] string To, [MinLength(1)] List<Line> Lines, Line[] More, Dictionary<string, Line> Map, IReadOnlyList<string> Tags);
            public static class Values
            {
                public static object Allocated = Measure();

                private static long Measure()
                {
                    var line = new Line("a", 1, 1, new("b", null, 2, null));
                    var order = new Order("a@b", [line], [line], new() { ["k"] = line }, ["x"]);
                    var count = Emitted.JobsValidation.Validate_Order(order, null).Count;
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    count += Emitted.JobsValidation.Validate_Order(order, null).Count;
                    return GC.GetAllocatedBytesForCurrentThread() - before + count;
                }
            }
            """;

        Assert.Equal(0L, ValidatedAssembly.Create(Source, "Order").Value("Allocated"));
    }

    [Fact]
    public void Presence_of_unsafe_attributes_is_suppressed_for_exactly_their_members()
    {
        var assembly = ValidatedAssembly.Create(
            "public sealed record Mail([MinLength(1)] string To, string From) { [Compare(nameof(From))] public string? Again { get; init; } [Range(0, 1)] public int Safe { get; init; } }", "Mail");

        var targets = assembly.Emitted.Split('\n').Where(line => line.StartsWith("[assembly:", StringComparison.Ordinal)).Select(line => line.Split("Target = \"")[1].Split('"')[0]);
        Assert.Equal(["M:Mail.#ctor(System.String,System.String)", "P:Mail.Again"], targets);
    }

    private static JobValidationError Required(string member, string? name = null) => new(member, $"The {name ?? member} field is required.", "Required");

    private static void Expect(string source, string root, string value, params JobValidationError[] expected) => Assert.Equal(expected, Validate(source, root, value));

    private static IReadOnlyList<JobValidationError> Validate(string source, string root, string value)
    {
        var assembly = ValidatedAssembly.Create($"{source}\npublic static class Values {{ public static object? V = {value}; }}", root);
        return assembly.Validate(root, assembly.Value("V"));
    }

    private sealed class OneService(string service) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(string) ? service : null;
    }
}
