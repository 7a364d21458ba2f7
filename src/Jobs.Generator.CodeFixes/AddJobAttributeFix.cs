using System.Collections.Immutable;
using System.Composition;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Jobs.Generator.CodeFixes;

/// <summary>Declares a handler or a contract as a job.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddJobAttributeFix))]
[Shared]
public sealed class AddJobAttributeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.HandlerWithoutJobId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            // A struct cannot be a job.
            if (root?.FindNode(diagnostic.Location.SourceSpan) is TypeDeclarationSyntax declaration and (ClassDeclarationSyntax or InterfaceDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }))
            {
                context.RegisterCodeFix(
                    CodeAction.Create("Add [Job]", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(declaration, AddAttribute(declaration)))), equivalenceKey: nameof(AddJobAttributeFix)),
                    diagnostic);
            }
        }
    }

    private static TypeDeclarationSyntax AddAttribute(TypeDeclarationSyntax declaration)
    {
        var name = SyntaxFactory.ParseName("global::Jobs.Job").WithAdditionalAnnotations(Simplifier.Annotation);
        var attribute = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithTrailingTrivia(SyntaxFactory.ElasticMarker);

        // The comments above the declaration stay above the attribute.
        var leading = declaration.GetLeadingTrivia();
        var bare = declaration.WithoutLeadingTrivia();
        return ((TypeDeclarationSyntax)bare.WithAttributeLists(bare.AttributeLists.Insert(0, attribute)))
            .WithLeadingTrivia(leading)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
