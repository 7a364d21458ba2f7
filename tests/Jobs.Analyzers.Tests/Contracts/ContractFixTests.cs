using Jobs.Analyzers.Tests.Testing;
using Jobs.Generator.CodeFixes;
using Jobs.Generator.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Jobs.Analyzers.Tests.Contracts;

public sealed class ContractFixTests
{
    private const string Before = """
        public sealed record Mail(string To);
        [Job("send")] public sealed class Send : IJobHandler<Mail> { public ValueTask HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken) => default; }
        """;

    [Theory]
    [InlineData("[Job(\"mail\")]", "[Job(\"mail\", Aliases = [\"send\"])]")]
    [InlineData("[Job]", "[Job(Aliases = [\"send\"])]", "class SendMail")]
    [InlineData("[Jobs.JobAttribute(\"mail\", Queue = \"q\")]", "[Jobs.JobAttribute(\"mail\", Queue = \"q\", Aliases = [\"send\"])]")]
    [InlineData("[Job(\"mail\", Aliases = [\"post\"])]", "[Job(\"mail\", Aliases = [\"post\", \"send\"])]")]
    [InlineData("[Job(\"mail\", Aliases = new[] { \"post\" })]", "[Job(\"mail\", Aliases = new[] { \"post\", \"send\" })]")]
    public async Task The_former_name_becomes_an_alias(string attribute, string expected, string type = "class Send")
    {
        var source = Before.Replace("[Job(\"send\")]", attribute, StringComparison.Ordinal).Replace("class Send", type, StringComparison.Ordinal);
        var document = CreateDocument(source, Record(Before));

        var solution = await ApplyAsync(document, "JOB0604", new AddAliasFix());

        var text = (await solution.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Equal(source.Replace(attribute, expected, StringComparison.Ordinal), text);
    }

    [Theory]
    [InlineData("string To", "string To, string? Subject = null", "JOB0602")]
    [InlineData("string To", "int To", "JOB0601")]
    public async Task The_file_is_brought_up_to_date(string before, string after, string id)
    {
        var source = Before.Replace(before, after, StringComparison.Ordinal);
        var document = CreateDocument(source, Record(Before));

        var solution = await ApplyAsync(document, id, new RecordContractsFix());

        var file = solution.GetProject(document.Project.Id)!.AdditionalDocuments.Single();
        Assert.Equal(Record(source), (await file.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    private static string Record(string source) =>
        ContractRecorder.Record(new TestProject(source).CreateSourceCompilation(), null, "2026-01-31", TestContext.Current.CancellationToken);

    private static Document CreateDocument(string source, string contracts)
    {
        var workspace = new AdhocWorkspace();
        var compilation = new TestProject(source).CreateSourceCompilation();
        var project = workspace.AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "App", "App", LanguageNames.CSharp, compilationOptions: compilation.Options, parseOptions: TestProject.ParseOptions, metadataReferences: TestProject.Platform));
        foreach (var tree in compilation.SyntaxTrees)
        {
            project = project.AddDocument(tree.FilePath, tree.GetText(TestContext.Current.CancellationToken), filePath: tree.FilePath).Project;
        }

        project = project.AddAdditionalDocument("jobs.contracts.json", SourceText.From(contracts), filePath: "/app/jobs.contracts.json").Project;
        return project.Documents.Single(document => document.Name == TestProject.SourcePath);
    }

    private static async Task<Solution> ApplyAsync(Document document, string id, CodeFixProvider fix)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var diagnostics = await compilation!.WithAnalyzers([new Generator.Analyzers.ContractAnalyzer()], document.Project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostics.First(diagnostic => diagnostic.Id == id), (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        var operations = await Assert.Single(actions).GetOperationsAsync(TestContext.Current.CancellationToken);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
    }
}
