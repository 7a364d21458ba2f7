using System.Collections.Immutable;
using System.Composition;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.CodeFixes;

/// <summary>Replaces a text that is wrong with the nearest one that is right, as the analyzer suggests it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SuggestedTextFix))]
[Shared]
public sealed class SuggestedTextFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.InvalidJobNameId, Rules.InvalidDurationId, Rules.InvalidQueueNameId, Rules.UnknownTimeZoneId, Rules.InvalidScheduleIdId, Rules.CallbackWithoutHttpsId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax literal
                && literal.IsKind(SyntaxKind.StringLiteralExpression)
                && diagnostic.Properties.TryGetValue(DiagnosticProperties.Suggestion, out var suggestion)
                && suggestion is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Write \"{suggestion}\"",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(literal, CreateLiteral(suggestion).WithTriviaFrom(literal)))),
                        equivalenceKey: nameof(SuggestedTextFix)),
                    diagnostic);
            }
        }
    }

    private static LiteralExpressionSyntax CreateLiteral(string text) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
}
