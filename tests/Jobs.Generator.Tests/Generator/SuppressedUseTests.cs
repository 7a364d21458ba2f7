using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>What a declaration may use because it says so, the code that is emitted for it may use too.</summary>
public class SuppressedUseTests
{
    private const string Start = """
        using System.ComponentModel.DataAnnotations;
        using System.Diagnostics.CodeAnalysis;
        #pragma warning disable TRY1

        """;

    private const string Handle = "public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default;";

    [Theory]
    [InlineData("[Experimental(\"TRY1\")] public sealed record Input([property: Required] string To); [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("public sealed record Input([property: Required] string To); [Job, Experimental(\"TRY1\")] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("public sealed record Input; [Job] public sealed class Work : IJobHandler<Input> { [Experimental(\"TRY1\")] public Work() { } $ }")]
    [InlineData("public sealed record Input; [Job] public sealed class Work : IJobHandler<Input> { [Experimental(\"TRY1\")] $ }")]
    [InlineData("[Experimental(\"TRY1\")] public interface IClock; public sealed record Input; [Job] public sealed class Work(IClock clock) : IJobHandler<Input> { public IClock Clock => clock; $ }")]
    [InlineData("[Experimental(\"TRY1\")] public sealed record Part([property: Required] string To); public sealed record Input(List<Part> Parts); [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("public sealed record Input { [Experimental(\"TRY1\"), StringLength(5)] public string? To { get; init; } } [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("[Experimental(\"TRY1\")] public sealed class ShortAttribute : ValidationAttribute; public sealed record Input([property: Short] string To); [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("[Experimental(\"TRY1\")] public sealed record Input; [Job] public interface IWork : IJobContract<Input>; [Job(Contract = typeof(IWork))] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("public sealed record Input { [Experimental(\"TRY1\")] public Input(int days = 7) => Days = days; public int Days { get; } } [Job(Cron = \"@daily\")] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("[Experimental(\"TRY1\")] public sealed record Old; public sealed record Input; public sealed class Upgrader : IJobInputUpgrader<Old, Input> { public Input Upgrade(Old input) => new(); } [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("[Obsolete(\"old\", DiagnosticId = \"TRY1\")] public sealed record Input([property: Required] string To); [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    public void What_a_pragma_suppresses_in_a_declaration_is_suppressed_in_what_is_emitted(string source)
    {
        var run = Run(source);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Work"], run.GetClientProperties());
    }

    [Theory]
    [InlineData("[Obsolete(\"gone\", true)] public sealed record Input([property: Required] string To); [Job, Obsolete] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("public sealed record Input([property: Required] string To); [Job, Obsolete(\"gone\", true)] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("public sealed record Input; [Job] public sealed class Work : IJobHandler<Input> { [Obsolete(\"gone\", true)] public Work() { } $ }")]
    [InlineData("public sealed record Input { [Obsolete(\"gone\", true), Required] public string? Old { get; set; } [Required] public string? To { get; set; } } [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("[Obsolete(\"gone\", true)] public sealed record Part([property: Required] string To); public sealed record Input { [Obsolete] public Part? Part { get; set; } } [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    [InlineData("[Obsolete(\"gone\", true)] public sealed record Old; public sealed record Input; [Obsolete] public sealed class Upgrader : IJobInputUpgrader<Old, Input> { public Input Upgrade(Old input) => new(); } [Job] public sealed class Work : IJobHandler<Input> { $ }")]
    public void What_only_obsolete_code_may_use_is_used_by_obsolete_code(string source)
    {
        var run = Run(source);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Work"], run.GetClientProperties());
    }

    [Theory]
    [InlineData("[Experimental(\"TRY1\")] public sealed record Input(string To); [Job] public sealed class Work : IJobHandler<Input> { $ }", false)]
    [InlineData("[Experimental(\"TRY1\")] public sealed record Input(string To); [Job] public sealed class Work : IJobHandler<Input> { $ }", true)]
    [InlineData("[assembly: Experimental(\"TRY1\")] public sealed record Input(string To); [Job] public sealed class Work : IJobHandler<Input> { $ }", false)]
    [InlineData("[assembly: Experimental(\"TRY1\")] public sealed record Input(string To); [Job] public sealed class Work : IJobHandler<Input> { $ }", true)]
    [InlineData("[Obsolete(\"gone\", true)] public sealed record Input(string To); [Job, Obsolete] public sealed class Work : IJobHandler<Input> { $ }", false)]
    [InlineData("[Obsolete(\"gone\", true)] public sealed record Input(string To); [Job, Obsolete] public sealed class Work : IJobHandler<Input> { $ }", true)]
    public void An_application_that_only_references_them_is_not_told(string source, bool asSource)
    {
        var library = Run(source, "Library");
        Assert.Empty(library.Diagnostics);

        var run = TestCompilation.Run("", "App", asSource ? library.Compilation.ToMetadataReference() : library.ToReference(), TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Work"], run.GetClientProperties());
    }

    [Fact]
    public void An_application_that_uses_them_is_told_where_it_does()
    {
        var library = Run("[Experimental(\"TRY1\")] public sealed record Input(string To); [Job] public sealed class Work : IJobHandler<Input> { $ }", "Library").ToReference();

        var run = TestCompilation.Run("public static class Caller { public static object Create() => new Input(\"a\"); }", "App", library, TestCompilation.Runtime);

        Assert.StartsWith("Source.cs(1,", Assert.Single(run.Diagnostics), StringComparison.Ordinal);
    }

    private static GeneratorRun Run(string source, string assemblyName = "App") =>
        TestCompilation.Run(Start + source.Replace("$", Handle, StringComparison.Ordinal), assemblyName, TestCompilation.Runtime);
}
