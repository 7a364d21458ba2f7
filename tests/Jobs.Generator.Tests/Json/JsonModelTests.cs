using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Generator.Tests.Json;

public sealed class JsonModelTests
{
    private const string Graph = """
        public sealed record Order(string Name, Line[] Lines, Page<Line>? Page) { public required int Count { get; init; } [System.Text.Json.Serialization.JsonInclude] private int Hidden { get; init; } = 1; }
        public sealed record Line(string Sku, decimal Price = 1.5m);
        public sealed class Page<T> { public T? First { get; init; } }
        """;

    [Fact]
    public void Models_of_the_same_source_are_equal_whatever_the_compilation() =>
        Assert.Equal(Parse(Graph, "Order"), Parse(Graph, "Order"));

    [Fact]
    public void A_body_does_not_change_a_model() =>
        Assert.Equal(Parse(Graph, "Order"), Parse(Graph + "\npublic static class Other { public static int X() => 1; }", "Order"));

    [Fact]
    public void A_type_has_the_same_model_whichever_root_leads_to_it() => Assert.Equal(
        Parse(Graph, "Order").Single(model => model.TypeName == "global::Line"),
        Parse(Graph, "Line").Single(model => model.TypeName == "global::Line"));

    [Theory]
    [InlineData("System.Action")]
    [InlineData("System.Type")]
    [InlineData("nint")]
    [InlineData("int[,]")]
    [InlineData("System.Collections.Generic.IAsyncEnumerable<int>")]
    [InlineData("Outer.Holder")]
    [InlineData("WithSpan")]
    [InlineData("ByOwnAttribute")]
    [InlineData("GoneMember")]
    [InlineData("TwoConstructors")]
    [InlineData("ByReference")]
    public void A_type_that_cannot_travel_has_a_reason_and_no_metadata(string root)
    {
        var model = Parse(Unsupported, "Outer.Root").Single(model => IsNamed(model, root));

        Assert.False(model.HasMetadata);
        Assert.NotNull(model.Problem);
    }

    [Theory]
    [InlineData("IShape")]
    [InlineData("Shape")]
    [InlineData("NoConstructor")]
    [InlineData("IReadOnlySet<int>")]
    [InlineData("ConcurrentBag<int>")]
    public void A_type_that_can_be_written_only_has_metadata_and_a_reason(string root)
    {
        var model = Parse(Unsupported, "Outer.Root").Single(model => IsNamed(model, root));

        Assert.True(model.HasMetadata);
        Assert.NotNull(model.Problem);
    }

    [Fact]
    public void Types_that_grow_without_end_are_cut_off()
    {
        var models = Parse("public sealed class Node<T> { public Node<Node<T>>? Next { get; set; } public T? Value { get; set; } }", "Node<int>");

        Assert.Single(models, model => !model.HasMetadata);
    }

    [Fact]
    public void Names_that_differ_in_case_only_have_files_of_their_own()
    {
        using var subject = JsonSubject.Compile("public sealed record Order(ORDER Inner); public sealed record ORDER(int X);", "Order");

        JsonAgreement.OnReading(subject, subject.Root(), """{"inner":{"x":1}}""");
    }

    [Fact]
    public void Unsupported_types_leave_code_that_compiles()
    {
        using var subject = JsonSubject.Compile(Unsupported, "Outer.Root");

        Assert.Null(subject.Emitted.TypeInfoResolver!.GetTypeInfo(typeof(Action), subject.Emitted));
    }

    private const string Unsupported = """
        #pragma warning disable
        public class Outer
        {
            private class Hidden;
            public class Root
            {
                public System.Action? A { get; set; }
                public System.Type? T { get; set; }
                public System.IntPtr P { get; set; }
                public int[,]? Grid { get; set; }
                public System.Collections.Generic.IAsyncEnumerable<int>? Stream { get; set; }
                public WithSpan? WithSpan { get; set; }
                public ByOwnAttribute? ByOwnAttribute { get; set; }
                public GoneMember? GoneMember { get; set; }
                public TwoConstructors? TwoConstructors { get; set; }
                public ByReference? ByReference { get; set; }
                public IShape? IShape { get; set; }
                public Shape? Shape { get; set; }
                public NoConstructor? NoConstructor { get; set; }
                public System.Collections.Generic.IReadOnlySet<int>? Set { get; set; }
                public System.Collections.Concurrent.ConcurrentBag<int>? Bag { get; set; }
                public Holder? Holder { get; set; }
            }
            public class Holder { public object? O { get; set; } [System.Text.Json.Serialization.JsonConstructor] private Holder(Hidden[]? hidden) { } private Holder() { } }
        }
        public class WithSpan { public System.ReadOnlySpan<char> Text => default; }
        public sealed class OwnAttribute : System.Text.Json.Serialization.JsonConverterAttribute { public override System.Text.Json.Serialization.JsonConverter? CreateConverter(System.Type type) => null; }
        [Own] public class ByOwnAttribute;
        public class GoneMember { [System.Text.Json.Serialization.JsonInclude] private Private? P { get; set; } private class Private; }
        public class TwoConstructors { [System.Text.Json.Serialization.JsonConstructor] public TwoConstructors(int a) { } [System.Text.Json.Serialization.JsonConstructor] public TwoConstructors(string b) { } }
        public class ByReference { public ByReference(in int a) { } }
        public interface IShape;
        public abstract class Shape;
        public class NoConstructor { private NoConstructor() { } public int X { get; set; } }
        """;

    private static bool IsNamed(JsonTypeModel model, string name) =>
        model.TypeName.EndsWith("." + name, StringComparison.Ordinal) || model.TypeName.EndsWith(":" + name, StringComparison.Ordinal) || model.TypeName == name;

    private static EquatableArray<JsonTypeModel> Parse(string source, string root)
    {
        var compilation = TestCompilation.Create(source + $"\npublic static class Roots {{ public static {root} Root = default!; }}");
        var type = compilation.GetTypeByMetadataName("Roots")!.GetMembers("Root").OfType<IFieldSymbol>().Single().Type;
        return JsonGraphParser.Parse([type], compilation, CancellationToken.None);
    }
}
