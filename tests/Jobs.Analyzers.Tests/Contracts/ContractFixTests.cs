using Jobs.Analyzers.Tests.Testing;
using Jobs.Generator.CodeFixes;
using Jobs.Generator.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
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

    [Theory]
    [InlineData("class Send")]
    [InlineData("Job(\"send\")")]
    public async Task The_file_is_created_where_there_is_none(string at)
    {
        var document = CreateDocument(Before, contracts: null);

        var operations = await Assert.Single(await GetRefactoringsAsync(document, at)).GetOperationsAsync(TestContext.Current.CancellationToken);

        var project = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetProject(document.Project.Id)!;
        var file = Assert.Single(project.AdditionalDocuments);
        Assert.Equal(("jobs.contracts.json", Path.Combine("/app", "jobs.contracts.json")), (file.Name, file.FilePath));
        Assert.Equal(Record(Before), (await file.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        Assert.Empty(await FindAsync(project));
    }

    [Theory]
    [InlineData("record Mail", null)]
    [InlineData("default;", null)]
    [InlineData("class Send", "{}")]
    public async Task The_file_is_not_offered_away_from_a_job_or_where_it_is(string at, string? contracts) =>
        Assert.Empty(await GetRefactoringsAsync(CreateDocument(Before, contracts), at));

    private static string Record(string source) =>
        ContractRecorder.Record(new TestProject(source).CreateSourceCompilation(), null, "2026-01-31", TestContext.Current.CancellationToken);

    private static Document CreateDocument(string source, string? contracts)
    {
        var workspace = new AdhocWorkspace();
        var compilation = new TestProject(source).CreateSourceCompilation();
        var project = workspace.AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "App", "App", LanguageNames.CSharp, filePath: "/app/App.csproj", compilationOptions: compilation.Options, parseOptions: TestProject.ParseOptions, metadataReferences: TestProject.Platform));
        foreach (var tree in compilation.SyntaxTrees)
        {
            project = project.AddDocument(tree.FilePath, tree.GetText(TestContext.Current.CancellationToken), filePath: tree.FilePath).Project;
        }

        if (contracts is not null)
        {
            project = project.AddAdditionalDocument("jobs.contracts.json", SourceText.From(contracts), filePath: "/app/jobs.contracts.json").Project;
        }

        return project.Documents.Single(document => document.Name == TestProject.SourcePath);
    }

    private static async Task<IReadOnlyList<CodeAction>> GetRefactoringsAsync(Document document, string at)
    {
        var source = (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        var actions = new List<CodeAction>();
        var span = new TextSpan(source.IndexOf(at, StringComparison.Ordinal), 0);
        await new CreateContractsRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, span, actions.Add, TestContext.Current.CancellationToken));
        return actions;
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        return await compilation!.WithAnalyzers([new Generator.Analyzers.ContractAnalyzer()], project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<Solution> ApplyAsync(Document document, string id, CodeFixProvider fix)
    {
        var diagnostics = await FindAsync(document.Project);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostics.First(diagnostic => diagnostic.Id == id), (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        var operations = await Assert.Single(actions).GetOperationsAsync(TestContext.Current.CancellationToken);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
    }
}
