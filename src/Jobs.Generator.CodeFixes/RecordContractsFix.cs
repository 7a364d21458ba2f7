using System.Collections.Immutable;
using System.Composition;
using Jobs.Generator.Contracts;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

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
        if (ContractDocument.Find(context.Document.Project) is not null)
        {
            var diagnostic = context.Diagnostics[0];
            var title = diagnostic.Id == Rules.ContractChangedId
                ? $"Record the change in {ContractFile.Name}"
                : $"Accept the break in {ContractFile.Name}: nothing of the old form is queued";
            context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => ContractDocument.RecordAsync(context.Document.Project, cancellationToken), equivalenceKey: nameof(RecordContractsFix) + diagnostic.Id), context.Diagnostics);
        }

        return Task.CompletedTask;
    }
}
