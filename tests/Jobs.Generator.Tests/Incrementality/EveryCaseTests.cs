using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Jobs.Generator.Tests.Incrementality;

/// <summary>What holds for whatever the generator is given.</summary>
public class EveryCaseTests
{
    public static TheoryData<string> Cases => [.. GeneratorCases.Sources.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_unrelated_edit_leaves_every_step_cached(string name) =>
        AssertNothingChanged(name, compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("namespace Other; public class Unrelated;", TestCompilation.ParseOptions)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Moving_the_code_leaves_every_model_unchanged(string name) =>
        AssertNothingChanged(name, compilation => ReplaceSource(compilation, root => CSharpSyntaxTree.ParseText("// Moved.\n\n\n" + root.ToFullString().Replace(";", " ;", StringComparison.Ordinal), TestCompilation.ParseOptions, "Source.cs")));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Another_body_leaves_every_model_unchanged(string name) =>
        AssertNothingChanged(name, compilation => ReplaceSource(compilation, root => CSharpSyntaxTree.Create((CSharpSyntaxNode)new OtherBodies().Visit(root), TestCompilation.ParseOptions, "Source.cs")));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_of_the_compiler_can_be_reached_from_a_model(string name)
    {
        var run = TestCompilation.Run(GeneratorCases.Sources[name], references: TestCompilation.Runtime);

        foreach (var step in TrackingNames.All.SelectMany(step => run.Result.TrackedSteps.GetValueOrDefault(step, [])))
        {
            foreach (var (value, _) in step.Outputs)
            {
                ObjectGraph.AssertFreeOfCompiler(value);
            }
        }
    }

    [Fact]
    public void Every_step_has_a_case()
    {
        var library = TestCompilation.Run("[Job] public sealed class Mail : IJobHandler { public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }", "Library").ToReference();
        var steps = GeneratorCases.Sources.Values
            .Select(source => TestCompilation.Run(source, references: TestCompilation.Runtime))
            .Append(TestCompilation.Run("", "App", library))
            .SelectMany(run => run.Result.TrackedSteps.Where(step => !step.Value.IsEmpty).Select(step => step.Key));

        Assert.Subset(steps.ToHashSet(), TrackingNames.All.ToHashSet());
    }

    private static void AssertNothingChanged(string name, Func<Compilation, Compilation> edit)
    {
        Compilation compilation = TestCompilation.Create(GeneratorCases.Sources[name], references: TestCompilation.Runtime);
        var driver = TestCompilation.CreateDriver().RunGenerators(compilation);
        var before = driver.GetRunResult().Results[0].GeneratedSources;

        var result = driver.RunGenerators(edit(compilation)).GetRunResult().Results[0];

        foreach (var step in TrackingNames.All)
        {
            Assert.All(
                result.TrackedSteps.GetValueOrDefault(step, []).SelectMany(run => run.Outputs),
                output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {output.Reason}"));
        }

        var outputs = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.Equal(before.Select(source => source.SourceText.ToString()), result.GeneratedSources.Select(source => source.SourceText.ToString()));
    }

    private static Compilation ReplaceSource(Compilation compilation, Func<SyntaxNode, SyntaxTree> replace)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Source.cs");
        return compilation.ReplaceSyntaxTree(tree, replace(tree.GetRoot(TestContext.Current.CancellationToken)));
    }

    /// <summary>Puts another body into every method.</summary>
    private sealed class OtherBodies : CSharpSyntaxRewriter
    {
        public override SyntaxNode VisitMethodDeclaration(MethodDeclarationSyntax node) => node.ExpressionBody is null
            ? node
            : node.WithExpressionBody(SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ParseExpression("throw new NotSupportedException(\"changed\")"))).NormalizeWhitespace();
    }
}
