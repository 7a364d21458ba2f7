using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Jobs.Generator.CodeFixes;

/// <summary>The function around an expression that is to be awaited.</summary>
internal sealed class AsyncFunction
{
    private readonly SyntaxNode? _toConvert;

    private AsyncFunction(SyntaxNode? toConvert) => _toConvert = toConvert;

    /// <summary>Null when the function is not async and making it so would change more than its signature.</summary>
    public static AsyncFunction? Find(ExpressionSyntax expression)
    {
        foreach (var ancestor in expression.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) ? new AsyncFunction(null) : null;
                case LocalFunctionStatementSyntax local:
                    return Find(local, local.Modifiers, local.ReturnType);
                case MethodDeclarationSyntax method:
                    return Find(method, method.Modifiers, method.ReturnType);
                case GlobalStatementSyntax:
                    return new AsyncFunction(null);
                case MemberDeclarationSyntax or AccessorDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The root with the expression replaced, and the function made async if it is not.</summary>
    public SyntaxNode Replace(SyntaxNode root, ExpressionSyntax expression, ExpressionSyntax replacement) => _toConvert is null
        ? root.ReplaceNode(expression, replacement)
        : root.ReplaceNode(_toConvert, MakeAsync(_toConvert.ReplaceNode(expression, replacement)));

    private static AsyncFunction? Find(SyntaxNode function, SyntaxTokenList modifiers, TypeSyntax returnType)
    {
        if (modifiers.Any(SyntaxKind.AsyncKeyword))
        {
            return new AsyncFunction(null);
        }

        var returnsNothing = returnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        var isFixed = modifiers.Any(SyntaxKind.OverrideKeyword) || modifiers.Any(SyntaxKind.VirtualKeyword) || function is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null };
        return returnsNothing && !isFixed ? new AsyncFunction(function) : null;
    }

    private static SyntaxNode MakeAsync(SyntaxNode function)
    {
        var task = SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task").WithTrailingTrivia(SyntaxFactory.Space).WithAdditionalAnnotations(Simplifier.Annotation);
        var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxNode converted = function switch
        {
            MethodDeclarationSyntax { Modifiers.Count: 0 } method => method.WithReturnType(task).WithoutLeadingTrivia().WithModifiers([keyword.WithLeadingTrivia(method.GetLeadingTrivia())]),
            MethodDeclarationSyntax method => method.WithModifiers(method.Modifiers.Add(keyword)).WithReturnType(task),
            LocalFunctionStatementSyntax { Modifiers.Count: 0 } local => local.WithReturnType(task).WithoutLeadingTrivia().WithModifiers([keyword.WithLeadingTrivia(local.GetLeadingTrivia())]),
            LocalFunctionStatementSyntax local => local.WithModifiers(local.Modifiers.Add(keyword)).WithReturnType(task),
            _ => function,
        };
        return converted.WithAdditionalAnnotations(Formatter.Annotation);
    }
}
