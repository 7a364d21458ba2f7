using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Jobs.Generator.Tests.Incrementality;

/// <summary>A project of several files that is edited while one driver watches it, as an editor does.</summary>
internal sealed class EditedProject(bool tracksSteps = false)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private CSharpCompilation _compilation = TestCompilation.Create("", references: TestCompilation.Runtime);
    private GeneratorDriver _driver = TestCompilation.CreateDriver(tracksSteps: tracksSteps);

    /// <summary>Writes a file; null removes it. What is not edited stays the same tree.</summary>
    public void Write(string file, string? text)
    {
        var old = _compilation.SyntaxTrees.SingleOrDefault(tree => tree.FilePath == file);
        _compilation = (old, text) switch
        {
            (null, null) => _compilation,
            (null, _) => _compilation.AddSyntaxTrees(Parse(text, file)),
            (_, null) => _compilation.RemoveSyntaxTrees(old),
            _ => _compilation.ReplaceSyntaxTree(old, Parse(text, file)),
        };
        if (text is null)
        {
            _texts.Remove(file);
        }
        else
        {
            _texts[file] = text;
        }
    }

    public string Read(string file) => _texts[file];

    public void Change(Func<CSharpCompilation, CSharpCompilation> change) => _compilation = change(_compilation);

    /// <summary>What the driver has after the edits so far.</summary>
    public IReadOnlyList<string> Generate()
    {
        _driver = _driver.RunGenerators(_compilation, TestContext.Current.CancellationToken);
        return Describe(_driver);
    }

    /// <summary>What one would have that never saw another state: every file is parsed anew, so that nothing is known of it.</summary>
    public IReadOnlyList<string> GenerateAnew()
    {
        var fresh = _compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(_compilation.SyntaxTrees.Select(tree => Parse(tree.ToString(), tree.FilePath)));
        return Describe(TestCompilation.CreateDriver(tracksSteps: false).RunGenerators(fresh, TestContext.Current.CancellationToken));
    }

    /// <summary>The jobs that the last run had to bind.</summary>
    public IReadOnlyList<IncrementalStepRunReason> JobReasons =>
        [.. _driver.GetRunResult().Results[0].TrackedSteps.GetValueOrDefault(TrackingNames.Jobs, []).SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static IReadOnlyList<string> Describe(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results[0];
        Assert.Null(result.Exception);
        return [.. result.GeneratedSources.OrderBy(source => source.HintName, StringComparer.Ordinal).Select(source => $"{source.HintName}\n{source.SourceText}")];
    }

    private static SyntaxTree Parse(string text, string file) => CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions, file);
}
