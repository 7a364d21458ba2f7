using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Travel;

/// <summary>Rules that generated code cannot check are told where the job is declared, and the generated code compiles all the same.</summary>
public class RuleTests
{
    private const string Handle = "public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default;";

    [Theory]
    [InlineData("public static class Outer { private sealed class HiddenAttribute : ValidationAttribute; public sealed record Input([property: Hidden] string To); [Job] public sealed class {|JOB0403:Send|} : IJobHandler<Input> { HANDLE } }")]
    [InlineData("public static class Outer { private static class Words { public static string Name => \"\"; } public sealed class Input { [Display(Name = \"Name\", ResourceType = typeof(Words)), Required] public string? To { get; set; } } [Job] public sealed class {|JOB0403:Send|} : IJobHandler<Input> { HANDLE } }")]
    [InlineData("public sealed record Limit(int Value); public sealed record Input([property: Range(typeof(Limit), \"1\", \"2\")] string To); [Job] public sealed class {|JOB0403:Send|} : IJobHandler<Input> { HANDLE }")]
    [InlineData("internal sealed class InternalAttribute : ValidationAttribute; public sealed record Input([property: Internal] string To); [Job] public sealed class Send : IJobHandler<Input> { HANDLE }")]
    [InlineData("public sealed record Input([property: Range(typeof(Version), \"1.0\", \"2.0\")] Version To); [Job] public sealed class Send : IJobHandler<Input> { HANDLE }")]
    public Task What_cannot_be_checked_is_told(string source) => Analysis.VerifyAsync(source.Replace("HANDLE", Handle, StringComparison.Ordinal));

    [Fact]
    public void Generated_code_has_no_error_of_its_own()
    {
        var project = new TestProject("public sealed record Limit(int Value); public sealed record Input([property: Range(typeof(Limit), \"1\", \"2\")] string To); [Job] public sealed class Send : IJobHandler<Input> { " + Handle + " }");

        Assert.DoesNotContain(project.CreateCompilation().GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }
}
