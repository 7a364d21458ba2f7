using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Jobs.Analyzers.Tests.Testing;

/// <summary>Applies code fixes to a project in a workspace.</summary>
internal static class Fixing
{
    /// <summary>Applies the fix of the first diagnostic with the id, and compares the source with what is expected.</summary>
    /// <param name="id">The diagnostic.</param>
    /// <param name="before">The source, without marks.</param>
    /// <param name="after">The source that the fix should leave.</param>
    /// <param name="title">The title of the fix, where there are several.</param>
    public static async Task VerifyAsync(string id, string before, string after, string? title = null)
    {
        var project = new TestProject(before);
        var document = CreateDocument(project);
        var diagnostic = (await FindAsync(document, project)).FirstOrDefault(candidate => candidate.Id == id);
        Assert.True(diagnostic is not null, $"There is no {id}.");

        var actions = await GetActionsAsync(document, diagnostic);
        var action = actions.FirstOrDefault(candidate => title is null || candidate.Title == title);
        Assert.True(action is not null, $"There is no such fix: {string.Join(", ", actions.Select(candidate => candidate.Title))}");

        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var solution = Assert.IsType<ApplyChangesOperation>(Assert.Single(operations, operation => operation is ApplyChangesOperation)).ChangedSolution;
        var text = await solution.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(after.ReplaceLineEndings("\n"), text.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>The titles of the fixes that are offered for the first diagnostic with the id.</summary>
    public static async Task<IReadOnlyList<string>> GetTitlesAsync(string id, string source)
    {
        var project = new TestProject(source);
        var document = CreateDocument(project);
        var diagnostic = (await FindAsync(document, project)).First(candidate => candidate.Id == id);
        return [.. (await GetActionsAsync(document, diagnostic)).Select(action => action.Title)];
    }

    /// <summary>What the generator emits is further documents of the project, so that everything can be bound.</summary>
    private static Document CreateDocument(TestProject project)
    {
        var workspace = new AdhocWorkspace();
        var id = ProjectId.CreateNewId();
        var source = DocumentId.CreateNewId(id);
        var options = project.CreateSourceCompilation().Options;
        var solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(id, VersionStamp.Default, project.AssemblyName, project.AssemblyName, LanguageNames.CSharp,
            compilationOptions: options, parseOptions: TestProject.ParseOptions, metadataReferences: [.. TestProject.Platform, .. project.References]));
        foreach (var tree in project.CreateCompilation().SyntaxTrees)
        {
            var isSource = tree.FilePath == TestProject.SourcePath;
            solution = solution.AddDocument(isSource ? source : DocumentId.CreateNewId(id), Path.GetFileName(tree.FilePath), SourceText.From(tree.ToString()), filePath: tree.FilePath);
        }

        return solution.GetDocument(source)!;
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindAsync(Document document, TestProject project)
    {
        var compilation = (CSharpCompilation)(await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        var diagnostics = await compilation.WithAnalyzers(AnalyzerCatalog.Analyzers, project.CreateAnalyzerOptions()).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static async Task<IReadOnlyList<CodeAction>> GetActionsAsync(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        foreach (var fix in AnalyzerCatalog.CodeFixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        }

        return actions;
    }
}
