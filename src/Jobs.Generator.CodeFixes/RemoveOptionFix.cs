using System.Collections.Immutable;
using System.Composition;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.CodeFixes;

/// <summary>Removes an option that another one overrides.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveOptionFix))]
[Shared]
public sealed class RemoveOptionFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.ContradictoryOptionsId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Remove {assignment.Left}", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.RemoveNode(assignment, SyntaxRemoveOptions.KeepNoTrivia)!)), equivalenceKey: nameof(RemoveOptionFix)),
                    diagnostic);
            }
        }
    }
}
