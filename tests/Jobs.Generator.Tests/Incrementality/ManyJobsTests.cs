using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Jobs.Generator.Tests.Incrementality;

/// <summary>Projects of many jobs, which are parsed on all cores and share types.</summary>
public class ManyJobsTests
{
    private const int Many = 40;

    private static readonly string _source = string.Concat(Enumerable.Range(0, Many).Select(index => $$"""
        namespace App.Area{{index % 3}}
        {
            public sealed record Input{{index:00}}([property: System.ComponentModel.DataAnnotations.Range(1, {{index + 2}})] int Count, Line Line);

            /// <summary>Job {{index}}.</summary>
            [Job("job-{{index}}", Queue = "queue-{{index % 5}}")]
            public sealed class Job{{index:00}} : IJobHandler<Input{{index:00}}>
            {
                public ValueTask HandleAsync(Input{{index:00}} input, JobContext context, CancellationToken cancellationToken) => default;
            }
        }

        """)) + "namespace App { public sealed record Line([property: System.ComponentModel.DataAnnotations.StringLength(5)] string Sku, System.Decimal Price); }";

    [Fact]
    public void Parsed_on_all_cores_or_on_one_the_sources_are_the_same()
    {
        var compilation = TestCompilation.Create(_source);

        var concurrent = Generate(compilation.WithOptions(compilation.Options.WithConcurrentBuild(true)));
        var alone = Generate(compilation.WithOptions(compilation.Options.WithConcurrentBuild(false)));

        Assert.Equal(Many, concurrent.Count(source => source.StartsWith("Job_App_Area", StringComparison.Ordinal) && !source.Contains(".Types.g.cs", StringComparison.Ordinal)));
        Assert.Equal(alone, concurrent);
    }

    [Fact]
    public void A_type_of_many_jobs_is_emitted_once_beside_the_first_of_them()
    {
        var run = TestCompilation.Run(_source);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Job_App_Area0_Job00.Types.g.cs"], run.Result.GeneratedSources
            .Where(source => source.SourceText.ToString().Contains("void Check_App_Line(", StringComparison.Ordinal) || source.SourceText.ToString().Contains("The metadata of <c>App.Line</c>", StringComparison.Ordinal))
            .Select(source => source.HintName));
    }

    [Fact]
    public void When_the_first_job_is_gone_the_next_one_has_the_types_that_they_shared()
    {
        var project = new EditedProject();
        project.Write("A.cs", "namespace App { [Job] public sealed class A : IJobHandler<Line> { public ValueTask HandleAsync(Line input, JobContext context, CancellationToken cancellationToken) => default; } }");
        project.Write("B.cs", "namespace App { [Job] public sealed class B : IJobHandler<Line> { public ValueTask HandleAsync(Line input, JobContext context, CancellationToken cancellationToken) => default; } }");
        project.Write("Line.cs", "namespace App { public sealed record Line([property: System.ComponentModel.DataAnnotations.StringLength(5)] string Sku); }");
        Assert.Contains(project.Generate(), source => source.StartsWith("Job_App_A.Types.g.cs", StringComparison.Ordinal));

        project.Write("A.cs", null);

        Assert.Contains(project.Generate(), source => source.StartsWith("Job_App_B.Types.g.cs", StringComparison.Ordinal));
        Assert.Equal(project.GenerateAnew(), project.Generate());
    }

    /// <summary>The sources of files that nobody has seen before: what is known of a file outlives a compilation.</summary>
    private static IReadOnlyList<string> Generate(CSharpCompilation compilation)
    {
        var anew = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.ToString(), TestCompilation.ParseOptions, tree.FilePath)));
        return [.. TestCompilation.CreateDriver().RunGenerators(anew).GetRunResult().Results[0].GeneratedSources
            .OrderBy(source => source.HintName, StringComparer.Ordinal)
            .Select(source => $"{source.HintName}\n{source.SourceText}")];
    }
}
