using System.Collections.Immutable;
using System.Composition;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.CodeFixes;

/// <summary>Awaits a call whose task was dropped, or on which a thread was blocked; makes the method around it async where that is all it takes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitCallFix))]
[Shared]
public sealed class AwaitCallFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.UnobservedTaskId, Rules.BlockingWaitId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression
                && GetAwaited(diagnostic.Id, expression) is { } awaited
                && AsyncFunction.Find(expression) is { } function)
            {
                context.RegisterCodeFix(
                    CodeAction.Create("Await the call", _ => Task.FromResult(context.Document.WithSyntaxRoot(function.Replace(root, expression, Await(expression, awaited)))), equivalenceKey: nameof(AwaitCallFix)),
                    diagnostic);
            }
        }
    }

    /// <summary>What is to be awaited; null when it could be null, which cannot be awaited.</summary>
    private static ExpressionSyntax? GetAwaited(string id, ExpressionSyntax expression) => expression switch
    {
        ConditionalAccessExpressionSyntax => null,
        _ when id == Rules.UnobservedTaskId => expression,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => WithoutAsTask(result.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: var task }, ArgumentList.Arguments.Count: 0 } => WithoutAsTask(task),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var task } } } } => WithoutAsTask(task),
        _ => null,
    };

    private static ExpressionSyntax WithoutAsTask(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsTask", Expression: var task } } ? task : expression;

    private static ExpressionSyntax Await(ExpressionSyntax expression, ExpressionSyntax awaited)
    {
        var await = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), awaited.WithoutTrivia());
        ExpressionSyntax result = expression.Parent is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or ElementAccessExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(await) : await;
        return result.WithTriviaFrom(expression);
    }
}
