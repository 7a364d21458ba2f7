using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Jobs.Generator.Tests.Incrementality;

/// <summary>What an edit re-runs.</summary>
public class CachingTests
{
    private const string Source = """
        [assembly: JobClient(Name = "Client")]
        namespace App
        {
            public sealed record Input(string To);

            [Job]
            public sealed class SendEmail : IJobHandler<Input>
            {
                public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default;
            }

            [Job]
            public interface IImport : IJobContract<Input, int>;
        }
        """;

    [Fact]
    public void An_unrelated_edit_re_runs_nothing()
    {
        var result = Edit(compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("namespace Other; public class Unrelated;", TestCompilation.ParseOptions)));

        AssertCached(result, TrackingNames.All);
        AssertOutputsCached(result);
    }

    [Fact]
    public void A_changed_handler_body_emits_nothing()
    {
        var result = EditSource("=> default;", "=> throw new NotSupportedException();");

        AssertCached(result, TrackingNames.All);
        AssertOutputsCached(result);
    }

    [Fact]
    public void A_changed_constructor_emits_that_job_and_not_the_client()
    {
        var result = EditSource("public sealed class SendEmail :", "public sealed class SendEmail(object service) :");

        AssertCached(result, [.. TrackingNames.All.Except([TrackingNames.Jobs])]);
        Assert.Single(GetOutputs(result), reason => reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_changed_name_emits_that_job_the_client_and_the_registration()
    {
        var result = EditSource("[Job]\n    public interface", "[Job(\"other\")]\n    public interface");

        AssertCached(result, [TrackingNames.Assembly, TrackingNames.References, TrackingNames.Clashes]);
        Assert.Equal(3, GetOutputs(result).Count(reason => reason == IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void No_model_holds_on_to_the_compiler()
    {
        var run = TestCompilation.Run(Source, references: TestCompilation.Runtime);

        foreach (var step in TrackingNames.All.SelectMany(name => run.Result.TrackedSteps.GetValueOrDefault(name, [])))
        {
            foreach (var (value, _) in step.Outputs)
            {
                ObjectGraph.AssertFreeOfCompiler(value);
            }
        }
    }

    private static GeneratorRunResult EditSource(string from, string to) => Edit(compilation =>
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Source.cs");
        var text = tree.ToString();
        Assert.Contains(from, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text.Replace(from, to, StringComparison.Ordinal), TestCompilation.ParseOptions, "Source.cs"));
    });

    private static GeneratorRunResult Edit(Func<Compilation, Compilation> edit)
    {
        Compilation compilation = TestCompilation.Create(Source, references: TestCompilation.Runtime);
        var driver = TestCompilation.CreateDriver().RunGenerators(compilation);
        return driver.RunGenerators(edit(compilation)).GetRunResult().Results[0];
    }

    private static void AssertCached(GeneratorRunResult result, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            // A step without steps had nothing to do: there are no references with jobs here.
            foreach (var (_, reason) in result.TrackedSteps.GetValueOrDefault(name, []).SelectMany(step => step.Outputs))
            {
                Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{name}: {reason}");
            }
        }
    }

    private static void AssertOutputsCached(GeneratorRunResult result) => Assert.All(GetOutputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

    private static IReadOnlyList<IncrementalStepRunReason> GetOutputs(GeneratorRunResult result)
    {
        IReadOnlyList<IncrementalStepRunReason> reasons = [.. result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)];
        Assert.NotEmpty(reasons);
        return reasons;
    }
}
