using System.Composition;
using Jobs.Generator.Contracts;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.CodeFixes;

/// <summary>Creates <c>jobs.contracts.json</c> where there is none: no diagnostic asks for it, so it is offered at the head of each job.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(CreateContractsRefactoring))]
[Shared]
public sealed class CreateContractsRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var project = context.Document.Project;
        if (ContractDocument.Find(project) is not null)
        {
            return;
        }

        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration || IsInBody(declaration, context.Span.Start))
        {
            return;
        }

        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(declaration, context.CancellationToken) is { } type && JobAttributeData.FindOn(type) is not null)
        {
            context.RegisterRefactoring(CodeAction.Create(
                $"Record the contracts of this project's jobs in {ContractFile.Name}",
                cancellationToken => ContractDocument.RecordAsync(project, cancellationToken),
                equivalenceKey: nameof(CreateContractsRefactoring)));
        }
    }

    private static bool IsInBody(TypeDeclarationSyntax declaration, int position) =>
        declaration.OpenBraceToken.IsKind(SyntaxKind.OpenBraceToken) && position > declaration.OpenBraceToken.SpanStart;
}
