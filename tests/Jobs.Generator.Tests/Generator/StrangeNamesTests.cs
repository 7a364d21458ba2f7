using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>Declarations that are right, but unusual.</summary>
public class StrangeNamesTests
{
    private const string Handle = "public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default;";

    [Theory]
    [InlineData("[Job] public sealed class SendEmail : IJobHandler { $ }", "SendEmail")]
    [InlineData("namespace @namespace.@event { [Job] public sealed class @class : IJobHandler { $ } }", "class")]
    [InlineData("namespace App { public static class Outer { internal static class Inner { [Job] internal sealed class Deep : IJobHandler { $ } } } }", "Deep")]
    [InlineData("namespace App { [Job] public sealed class Json : IJobHandler { $ } }", "Json")]
    [InlineData("namespace App { [Job] public sealed class CreateJobs : IJobHandler { $ } }", "CreateJobs")]
    [InlineData("namespace App.Jobs { [Job] public sealed class Mail : IJobHandler { $ } }", "Mail")]
    [InlineData("namespace App.System.Microsoft { [Job] public sealed class Mail : IJobHandler { $ } }", "Mail")]
    [InlineData("public static class JobsMetadata; public static class JobsCompiler; namespace App { public static class JobsMetadata; public static class JobsCompiler; public sealed record Note(int Pages); [Job] public sealed class Mail : IJobHandler<Note> { public ValueTask HandleAsync(Note input, JobContext context, CancellationToken cancellationToken) => default; } }", "Mail")]
    [InlineData("namespace Größe { [Job] public sealed class 名前 : IJobHandler { $ } }", "名前")]
    [InlineData("namespace App { [Job] public sealed partial class Parts : IJobHandler; partial class Parts { $ } }", "Parts")]
    [InlineData("namespace App { [Obsolete(\"old\")] [Job] public sealed class Old : IJobHandler { $ } }", "Old")]
    public void A_handler_may_be_called_anything_and_live_anywhere(string source, string property)
    {
        var run = TestCompilation.Run(source.Replace("$", Handle, StringComparison.Ordinal), references: TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal([property], run.GetClientProperties());
        Assert.Contains("Invoke = InvokeAsync", run.GetFile(run.FileNames.Single(name => name.StartsWith("Job_", StringComparison.Ordinal) && !name.EndsWith(".Types.g.cs", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(int Count, string? Name)")]
    [InlineData("string?")]
    [InlineData("int?")]
    [InlineData("int[][]")]
    [InlineData("List<Dictionary<string, string?>?>")]
    [InlineData("App.Box<App.Box<string>.Inner>")]
    public void An_input_and_a_result_may_be_any_type(string type)
    {
        var run = TestCompilation.Run($$"""
            namespace App
            {
                public sealed class Box<T> { public sealed class Inner; }

                [Job]
                public sealed class Work : IJobHandler<{{type}}, {{type}}>
                {
                    public ValueTask<{{type}}> HandleAsync({{type}} input, JobContext context, CancellationToken cancellationToken) => new(input);
                }
            }
            """, references: TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Work"], run.GetClientProperties());
        Assert.Equal(type.EndsWith('?'), run.GetFile("Job_App_Work.g.cs").Contains("AllowsNullResult = true", StringComparison.Ordinal));
    }

    [Fact]
    public void Types_whose_names_differ_in_case_or_in_dots_get_files_of_their_own()
    {
        var run = TestCompilation.Run($$"""
            namespace App
            {
                [Job(ClientName = "One")] public sealed class Mail : IJobHandler { {{Handle}} }
                [Job(ClientName = "Two")] public sealed class MAIL : IJobHandler { {{Handle}} }
                [Job(ClientName = "Three")] public sealed class A_B : IJobHandler { {{Handle}} }
            }

            namespace App.A
            {
                [Job(ClientName = "Four")] public sealed class B : IJobHandler { {{Handle}} }
            }
            """, references: TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Four", "One", "Three", "Two"], run.GetClientProperties());
        Assert.Equal(4, run.FileNames.Count(name => name.StartsWith("Job_", StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_is_escaped_wherever_it_goes()
    {
        var run = TestCompilation.Run($$"""
            namespace App;

            /// <summary>First line, a &lt;tag&gt; and "quotes" \ {braces}</summary>
            [Job("a\"b\\c\n</summary>", Queue = "q\"\n", Description = "\r\n\t\0\u2028", Aliases = new[] { "", "x\ny" })]
            public sealed class Mail : IJobHandler { {{Handle}} }
            """, references: TestCompilation.Runtime);

        Assert.Empty(run.Diagnostics);
    }
}
