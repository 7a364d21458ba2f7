using System.Collections.Immutable;
using System.Composition;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Jobs.Generator.CodeFixes;

/// <summary>Turns a <c>foreach</c> that only enqueues into one call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EnqueueManyFix))]
[Shared]
public sealed class EnqueueManyFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.EnqueueInLoopId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var semantics = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } call
                && FindLoop(call) is { } loop
                && GetInputs(loop, call) is { } inputs
                && (inputs == loop.Expression || HasSelect(semantics!, loop)))
            {
                context.RegisterCodeFix(
                    CodeAction.Create("Use EnqueueManyAsync", _ => Task.FromResult(context.Document.WithSyntaxRoot(Rewrite(root, loop, call, inputs))), equivalenceKey: nameof(EnqueueManyFix)),
                    diagnostic);
            }
        }
    }

    /// <summary>The loop whose only statement is the call.</summary>
    private static ForEachStatementSyntax? FindLoop(InvocationExpressionSyntax call)
    {
        var statement = call.FirstAncestorOrSelf<ExpressionStatementSyntax>();
        return statement?.Parent switch
        {
            ForEachStatementSyntax loop => loop,
            BlockSyntax { Statements.Count: 1, Parent: ForEachStatementSyntax loop } => loop,
            _ => null,
        };
    }

    /// <summary>Null when the client or the options differ from turn to turn, or the input awaits something.</summary>
    private static ExpressionSyntax? GetInputs(ForEachStatementSyntax loop, InvocationExpressionSyntax call)
    {
        var variable = loop.Identifier.ValueText;
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count == 0
            || arguments.Any(static argument => argument.NameColon is not null)
            || Mentions(call.Expression, variable)
            || arguments.Skip(1).Any(argument => Mentions(argument, variable)))
        {
            return null;
        }

        var input = arguments[0].Expression;
        if (input is IdentifierNameSyntax { Identifier.ValueText: var name } && name == variable)
        {
            return loop.Expression;
        }

        // A target-typed new has no type in a lambda whose result is inferred.
        return input.DescendantNodesAndSelf().Any(static node => node is AwaitExpressionSyntax) || input is ImplicitObjectCreationExpressionSyntax or CollectionExpressionSyntax or LiteralExpressionSyntax
            ? null
            : Select(loop, input);
    }

    private static InvocationExpressionSyntax Select(ForEachStatementSyntax loop, ExpressionSyntax input)
    {
        var source = loop.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            ? loop.Expression.WithoutTrivia()
            : SyntaxFactory.ParenthesizedExpression(loop.Expression.WithoutTrivia());
        var lambda = SyntaxFactory.SimpleLambdaExpression(SyntaxFactory.Parameter(loop.Identifier.WithoutTrivia()), input.WithoutTrivia()).NormalizeWhitespace();
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, source, SyntaxFactory.IdentifierName("Select")),
            SyntaxFactory.ArgumentList([SyntaxFactory.Argument(lambda)]));
    }

    /// <summary>Whether System.Linq is in scope, as it is by default.</summary>
    private static bool HasSelect(SemanticModel semantics, ForEachStatementSyntax loop) =>
        semantics.GetTypeInfo(loop.Expression).Type is { } type
        && !semantics.LookupSymbols(loop.SpanStart, type as INamespaceOrTypeSymbol, "Select", includeReducedExtensionMethods: true).IsEmpty;

    private static bool Mentions(SyntaxNode node, string variable) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == variable);

    private static SyntaxNode Rewrite(SyntaxNode root, ForEachStatementSyntax loop, InvocationExpressionSyntax call, ExpressionSyntax inputs)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        var many = call
            .WithExpression(access.WithName(SyntaxFactory.IdentifierName("EnqueueManyAsync")))
            .WithArgumentList(call.ArgumentList.WithArguments(call.ArgumentList.Arguments.Replace(call.ArgumentList.Arguments[0], SyntaxFactory.Argument(inputs.WithoutTrivia()))));
        var statement = call.FirstAncestorOrSelf<ExpressionStatementSyntax>()!;
        return root.ReplaceNode(loop, statement.ReplaceNode(call, many).WithTriviaFrom(loop).WithAdditionalAnnotations(Formatter.Annotation));
    }
}
