using System.Collections.Immutable;
using System.Composition;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Jobs.Generator.CodeFixes;

/// <summary>Lets generated code name and construct a handler: an abstract class becomes sealed, a hidden one internal, a hidden constructor public.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeReachableFix))]
[Shared]
public sealed class MakeReachableFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.AbstractHandlerId, Rules.InaccessibleJobId, Rules.NoUsableConstructorId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan) is not TypeDeclarationSyntax declaration)
            {
                continue;
            }

            var name = declaration.Identifier.Text;
            switch (diagnostic.Id)
            {
                case Rules.AbstractHandlerId when CanBeSealed(declaration):
                    Register(context, diagnostic, $"Make '{name}' sealed", editor => editor.SetModifiers(declaration, editor.Generator.GetModifiers(declaration).WithIsAbstract(false).WithIsSealed(true)));
                    break;
                case Rules.InaccessibleJobId:
                    Register(context, diagnostic, $"Make '{name}' internal", editor => MakeInternal(editor, declaration));
                    break;
                case Rules.NoUsableConstructorId when FindHiddenConstructor(declaration) is { } constructor:
                    Register(context, diagnostic, "Make the constructor public", editor => editor.SetAccessibility(constructor, Accessibility.Public));
                    break;
            }
        }
    }

    private static void Register(CodeFixContext context, Diagnostic diagnostic, string title, Action<DocumentEditor> edit) => context.RegisterCodeFix(
        CodeAction.Create(
            title,
            async cancellationToken =>
            {
                var editor = await DocumentEditor.CreateAsync(context.Document, cancellationToken).ConfigureAwait(false);
                edit(editor);
                return editor.GetChangedDocument();
            },
            equivalenceKey: diagnostic.Id),
        diagnostic);

    /// <summary>What has abstract members, or is static, cannot be sealed without more.</summary>
    private static bool CanBeSealed(TypeDeclarationSyntax declaration) =>
        declaration.Modifiers.Any(SyntaxKind.AbstractKeyword) && !declaration.Members.Any(static member => member.Modifiers.Any(SyntaxKind.AbstractKeyword));

    /// <summary>The type, and each one around it that hides it.</summary>
    private static void MakeInternal(DocumentEditor editor, TypeDeclarationSyntax declaration)
    {
        foreach (var type in declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            if (type.Modifiers.FirstOrDefault(static modifier => modifier.IsKind(SyntaxKind.FileKeyword)) is { RawKind: not 0 } file)
            {
                var replacement = SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(file);
                editor.ReplaceNode(type, (node, _) => ((TypeDeclarationSyntax)node).WithModifiers(((TypeDeclarationSyntax)node).Modifiers.Replace(((TypeDeclarationSyntax)node).Modifiers.First(static modifier => modifier.IsKind(SyntaxKind.FileKeyword)), replacement)));
            }
            else if (type.Parent is TypeDeclarationSyntax && !type.Modifiers.Any(SyntaxKind.PublicKeyword) && !type.Modifiers.Any(SyntaxKind.InternalKeyword))
            {
                editor.SetAccessibility(type, Accessibility.Internal);
            }
        }
    }

    /// <summary>The only one, when it is hidden.</summary>
    private static ConstructorDeclarationSyntax? FindHiddenConstructor(TypeDeclarationSyntax declaration)
    {
        var constructors = declaration.Members.OfType<ConstructorDeclarationSyntax>().Where(static constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)).ToList();
        return constructors.Count == 1 && !constructors[0].Modifiers.Any(SyntaxKind.PublicKeyword) && !constructors[0].Modifiers.Any(SyntaxKind.InternalKeyword) ? constructors[0] : null;
    }
}
