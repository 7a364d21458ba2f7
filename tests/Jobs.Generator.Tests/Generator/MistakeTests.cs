using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>A mistake in one declaration leaves the others whole, and the client as whole as it can be.</summary>
public class MistakeTests
{
    private const string Handle = "public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;";

    private const string Good = $$"""
        public sealed class Outer
        {
            private sealed class Hidden;
            [Job] private sealed class Unreachable : IJobHandler { {{Handle}} }
            [Job] private sealed class UnreachableInput : IJobHandler<Hidden> { public ValueTask HandleAsync(Hidden input, JobContext context, CancellationToken cancellationToken) => default; }
        }

        [Job] public sealed class Good : IJobHandler { {{Handle}} }
        """;

    [Theory]
    [InlineData("[Job] public abstract class Bad : IJobHandler { $ }", true)]
    [InlineData("[Job] public sealed class Bad<T> : IJobHandler { $ }", false)]
    [InlineData("public static class Outer<T> { [Job] public sealed class Bad : IJobHandler { $ } }", false)]
    [InlineData("[Job] file sealed class Bad : IJobHandler { $ }", true)]
    [InlineData("[Job] public sealed class Bad : IJobHandler { private Bad() { } $ }", true)]
    [InlineData("[Job] public sealed class Bad : IJobHandler { public Bad(ref int a) { } $ }", true)]
    [InlineData("[Job] public sealed class Bad : IJobHandler { public Bad(Span<int> a) { } $ }", true)]
    [InlineData("[Job] public sealed class Bad : IJobHandler { public required int Size { get; init; } $ }", true)]
    [InlineData("[Job] public sealed class Bad : IJobHandler, IJobHandler<int> { $ public ValueTask HandleAsync(int input, JobContext context, CancellationToken cancellationToken) => default; }", false)]
    [InlineData("[Job] public sealed class Bad { $ }", false)]
    [InlineData("[Job] public static class Bad;", false)]
    [InlineData("[Job] public interface IBad;", false)]
    [InlineData("[Job] public interface IBad<T> : IJobContract;", false)]
    [InlineData("[Job] public interface IBad : IJobContract, IJobContract<int>;", false)]
    [InlineData("[Job] public partial class Bad : IJobHandler { $ } public partial class Bad;", true)]
    public void A_declaration_that_cannot_run_is_left_out_of_dispatch(string bad, bool hasProperty)
    {
        var run = TestCompilation.Run($"namespace App; {Good} {bad.Replace("$", Handle, StringComparison.Ordinal)}", references: TestCompilation.Runtime);

        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Contains("error", StringComparison.Ordinal));
        Assert.Equal(hasProperty ? ["Bad", "Good", "Unreachable"] : ["Good", "Unreachable"], run.GetClientProperties());
        Assert.DoesNotContain("Invoke = ", run.GetFile("Job_App_Outer_Unreachable.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("Create()", run.GetFile("Job_App_Outer_UnreachableInput.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Job] public struct Bad;", "CS0592")]
    [InlineData("[Job] [Job] public sealed class Bad : IJobHandler { $ }", "CS0579")]
    [InlineData("[Job] public partial class Bad : IJobHandler { $ } [Job] public partial class Bad;", "CS0579")]
    [InlineData("[Job] public sealed class Bad : IJobHandler { $ } [Job] public sealed class Bad : IJobHandler { $ }", "CS0101")]
    [InlineData("[Job] public sealed class Bad : IJobHandler;", "CS0535")]
    [InlineData("[Job] public sealed class Bad : IJobHandler<Missing>;", "CS0246")]
    [InlineData("[Job(Priority = \"high\")] public sealed class Bad : IJobHandler { $ }", "CS0029")]
    [InlineData("[Job(Nothing = 1)] public sealed class Bad : IJobHandler { $ }", "CS0246")]
    [InlineData("[Job(Contract = typeof(Missing))] public sealed class Bad : IJobHandler { $ }", "CS0246")]
    [InlineData("[Job] public sealed class Bad(Missing missing) : IJobHandler { $ }", "CS0246")]
    public void What_the_compiler_refuses_is_refused_where_it_was_written(string bad, string expected)
    {
        var run = TestCompilation.Run($"namespace App; {Good} {bad.Replace("$", Handle, StringComparison.Ordinal)}", references: TestCompilation.Runtime);

        var errors = run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.Contains(errors, error => error.Id == expected);
        Assert.DoesNotContain(errors, error => error.Location.SourceTree!.FilePath != "Source.cs");
        Assert.Contains("Good", run.GetClientProperties());
    }

    [Fact]
    public void Of_two_jobs_with_one_property_the_first_type_has_it_and_both_are_registered()
    {
        var run = TestCompilation.Run($$"""
            namespace App;
            [Job("one")] public sealed class MailJob : IJobHandler { {{Handle}} }
            [Job("two")] public sealed class MailHandler : IJobHandler { {{Handle}} }
            """, references: TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Mail"], run.GetClientProperties());
        Assert.Contains("provider.Get(\"two\")", run.GetFile("JobClient.g.cs"), StringComparison.Ordinal);
        Assert.Contains("Job_App_MailJob.Create()", run.GetFile("JobAssembly.g.cs"), StringComparison.Ordinal);
        Assert.Contains("Job_App_MailHandler.Create()", run.GetFile("JobAssembly.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_jobs_with_one_stored_name_are_both_registered_so_that_the_start_refuses_them()
    {
        var run = TestCompilation.Run($$"""
            namespace App;
            [Job("mail")] public sealed class One : IJobHandler { {{Handle}} }
            [Job("mail")] public sealed class Two : IJobHandler { {{Handle}} }
            """, references: TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["One", "Two"], run.GetClientProperties());
        Assert.Contains("Job_App_Two.Create()", run.GetFile("JobAssembly.g.cs"), StringComparison.Ordinal);
    }
}
