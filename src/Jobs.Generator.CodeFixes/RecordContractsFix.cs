using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Text;
using Jobs.Generator.Contracts;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.CodeFixes;

/// <summary>Records what the code says in <c>jobs.contracts.json</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RecordContractsFix))]
[Shared]
public sealed class RecordContractsFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.ContractBrokenId, Rules.ContractChangedId, Rules.JobRenamedId];

    /// <summary>None: one fix brings the whole file up to date.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var file = context.Document.Project.AdditionalDocuments.FirstOrDefault(static document => string.Equals(document.Name, ContractFile.Name, StringComparison.OrdinalIgnoreCase));
        if (file is not null)
        {
            var diagnostic = context.Diagnostics[0];
            var title = diagnostic.Id == Rules.ContractChangedId
                ? $"Record the change in {ContractFile.Name}"
                : $"Accept the break in {ContractFile.Name}: nothing of the old form is queued";
            context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => RecordAsync(context.Document.Project, file, cancellationToken), equivalenceKey: nameof(RecordContractsFix) + diagnostic.Id), context.Diagnostics);
        }

        return Task.CompletedTask;
    }

    private static async Task<Solution> RecordAsync(Project project, TextDocument file, CancellationToken cancellationToken)
    {
        var text = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        if (compilation is null)
        {
            return project.Solution;
        }

        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var contracts = ContractRecorder.Record(compilation, text.ToString(), today, cancellationToken);
        return project.Solution.WithAdditionalDocumentText(file.Id, SourceText.From(contracts, text.Encoding ?? Encoding.UTF8));
    }
}
