using System.Collections.Immutable;
using System.Composition;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.CodeFixes;

/// <summary>Keeps the name that a job had.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddAliasFix))]
[Shared]
public sealed class AddAliasFix : CodeFixProvider
{
    private const string Aliases = nameof(Aliases);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.JobRenamedId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan) is TypeDeclarationSyntax declaration
                && diagnostic.Properties.TryGetValue(DiagnosticProperties.Alias, out var alias) && alias is not null
                && FindAttribute(declaration) is { } attribute && AddAlias(attribute, alias) is { } changed)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Keep the name \"{alias}\" as an alias", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(attribute, changed))), equivalenceKey: nameof(AddAliasFix)),
                    diagnostic);
            }
        }
    }

    private static AttributeSyntax? FindAttribute(TypeDeclarationSyntax declaration) => declaration.AttributeLists
        .SelectMany(static list => list.Attributes)
        .FirstOrDefault(static attribute => Unqualified(attribute.Name) is "Job" or "JobAttribute");

    private static string Unqualified(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>Null when there are aliases in a form that is not understood.</summary>
    private static AttributeSyntax? AddAlias(AttributeSyntax attribute, string alias)
    {
        var literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(alias));
        if (attribute.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == Aliases) is { } existing)
        {
            ExpressionSyntax? longer = existing.Expression switch
            {
                CollectionExpressionSyntax collection => Parse($"[{string.Join(", ", collection.Elements.Select(static element => element.ToString()).Append(literal.ToString()))}]"),
                ImplicitArrayCreationExpressionSyntax array => array.WithInitializer(Extend(array.Initializer, literal)),
                ArrayCreationExpressionSyntax { Initializer: { } initializer } array => array.WithInitializer(Extend(initializer, literal)),
                _ => null,
            };
            return longer is null ? null : attribute.ReplaceNode(existing.Expression, longer);
        }

        var equals = SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(Aliases), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space));
        var argument = SyntaxFactory.AttributeArgument(equals, null, Parse($"[{literal}]"));
        if (attribute.ArgumentList is not { Arguments.Count: > 0 } list)
        {
            return attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList([argument]));
        }

        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var arguments = SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(list.Arguments.GetWithSeparators().Add(comma).Add(argument));
        return attribute.WithArgumentList(list.WithArguments(arguments));
    }

    private static InitializerExpressionSyntax Extend(InitializerExpressionSyntax initializer, ExpressionSyntax item)
    {
        var items = string.Join(", ", initializer.Expressions.Select(static expression => expression.ToString()).Append(item.ToString()));
        return ((ImplicitArrayCreationExpressionSyntax)Parse($"new[] {{ {items} }}")).Initializer;
    }

    private static ExpressionSyntax Parse(string expression) => SyntaxFactory.ParseExpression(expression);
}
