using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Surfaces;

/// <summary>
/// Writes a tree down as kinds and texts, in the order of the source. What is left out: the insides of bodies, comments, white space
/// and every directive but <c>#nullable</c>. Written down as a tree, because the same words can mean another structure.
/// </summary>
internal sealed class SurfaceReader
{
    private const char End = '\uFFFF';

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inherited = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mentioned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);
    private readonly HashSet<string> _aliases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _globallyMentioned = new(StringComparer.Ordinal);
    private readonly StringBuilder _globalUsings = new();
    private readonly List<AttributedType> _attributed = [];
    private bool _isAmbient;

    public static DeclarationSurface Read(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var reader = new SurfaceReader();
        reader.AppendOptions((CSharpParseOptions)tree.Options);
        reader._text.Append(tree.FilePath).Append(End);
        reader.Visit(tree.GetRoot(cancellationToken));
        return new DeclarationSurface
        {
            Hash = ContentHash.Of(reader._text),
            Declared = reader._declared,
            Inherited = reader._inherited,
            Mentioned = reader._mentioned,
            Namespaces = reader._namespaces,
            Aliases = reader._aliases,
            Attributed = reader._attributed,
            GlobalUsings = reader._globalUsings.ToString(),
            GloballyMentioned = reader._globallyMentioned,
            IsAmbient = reader._isAmbient,
        };
    }

    private void AppendOptions(CSharpParseOptions options)
    {
        _text.Append((char)options.LanguageVersion).Append((char)options.DocumentationMode).Append((char)options.Kind);
        foreach (var feature in options.Features.OrderBy(static feature => feature.Key, StringComparer.Ordinal))
        {
            _text.Append(feature.Key).Append('=').Append(feature.Value).Append(End);
        }
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case UsingDirectiveSyntax directive:
                NoteUsing(directive);
                break;
            case BaseNamespaceDeclarationSyntax space:
                NoteNamespace(space);
                break;
            case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                AppendDocumentation(node);
                NoteAttributes(node);
                break;
        }

        _text.Append((char)node.RawKind);
        foreach (var child in node.ChildNodesAndTokens())
        {
            if (child.AsNode() is not { } inner)
            {
                Append(child.AsToken());
            }
            else if (IsBody(inner))
            {
                AppendBody(inner);
            }
            else
            {
                Visit(inner);
            }
        }

        _text.Append(End);
    }

    /// <summary>What nobody outside can see. Property initializers and constructor initializers are not bodies: attributes and constants are not either.</summary>
    private static bool IsBody(SyntaxNode node) => node switch
    {
        BlockSyntax => node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax,
        ArrowExpressionClauseSyntax => node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax,
        GlobalStatementSyntax => true,
        _ => false,
    };

    private void AppendBody(SyntaxNode body)
    {
        _text.Append((char)body.RawKind);

        // The one word in a body that declares something: the field behind a property.
        if (body.Parent is AccessorDeclarationSyntax or PropertyDeclarationSyntax && body.DescendantTokens().Any(static token => token.ValueText == "field"))
        {
            _text.Append("field");
        }

        if (body.ContainsDirectives)
        {
            foreach (var token in body.DescendantTokens())
            {
                AppendNullableDirectives(token);
            }
        }

        _text.Append(End);
    }

    private void Append(SyntaxToken token)
    {
        AppendNullableDirectives(token);
        _text.Append((char)token.RawKind).Append(token.Text).Append(End);
        if (token.IsKind(SyntaxKind.IdentifierToken))
        {
            Note(token);
        }
    }

    private void AppendNullableDirectives(SyntaxToken token)
    {
        if (!token.ContainsDirectives)
        {
            return;
        }

        foreach (var trivia in token.LeadingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.NullableDirectiveTrivia))
            {
                _text.Append(trivia.ToString()).Append(End);
            }
        }
    }

    private void Note(SyntaxToken identifier)
    {
        switch (identifier.Parent)
        {
            case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                _declared.Add(identifier.ValueText);
                break;
            case ConstructorDeclarationSyntax or DestructorDeclarationSyntax:
                break;
            case SimpleNameSyntax name when IsBase(name):
                _inherited.Add(identifier.ValueText);
                break;
            default:
                _mentioned.Add(identifier.ValueText);
                break;
        }
    }

    /// <summary>Whether the name is that of a base type, and not of one of its arguments.</summary>
    private static bool IsBase(SimpleNameSyntax name)
    {
        SyntaxNode outermost = name;
        while (outermost.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax)
        {
            outermost = outermost.Parent;
        }

        return outermost.Parent is BaseTypeSyntax;
    }

    private void NoteAttributes(SyntaxNode node)
    {
        if (node is TypeDeclarationSyntax { AttributeLists.Count: > 0 } and (ClassDeclarationSyntax or RecordDeclarationSyntax or InterfaceDeclarationSyntax))
        {
            var attributes = ((TypeDeclarationSyntax)node).AttributeLists.SelectMany(static list => list.Attributes);
            _attributed.Add(new AttributedType(node.Span, [.. attributes.Select(static attribute => attribute.Name.GetLastToken().Parent is TypeArgumentListSyntax ? "" : attribute.Name.GetLastToken().ValueText)]));
        }
    }

    private void NoteUsing(UsingDirectiveSyntax directive)
    {
        var names = directive.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText).ToList();
        var isGlobal = directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword);
        if (isGlobal)
        {
            _globalUsings.Append(directive.WithoutTrivia().ToString()).Append('\n');
        }

        if (directive.Alias is { Name.Identifier.ValueText: var alias })
        {
            // A type can be derived from through its alias, and other files know a global alias as if it were a type.
            _aliases.Add(alias);
            _inherited.UnionWith(names);
            if (isGlobal)
            {
                _declared.Add(alias);
            }
        }
        else if (isGlobal)
        {
            _globallyMentioned.UnionWith(names);
        }
    }

    private void NoteNamespace(BaseNamespaceDeclarationSyntax space)
    {
        var name = string.Join(".", space.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Append(space)
            .Select(static level => string.Concat(level.Name.DescendantTokens().Select(static token => token.ValueText))));
        _namespaces.Add(name);
        _isAmbient |= name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
    }

    /// <summary>The client's property repeats what a job's type says of itself, and its references are bound.</summary>
    private void AppendDocumentation(SyntaxNode declaration)
    {
        foreach (var trivia in declaration.GetLeadingTrivia())
        {
            if (trivia.GetStructure() is DocumentationCommentTriviaSyntax comment)
            {
                _text.Append(comment.ToFullString()).Append(End);
                foreach (var token in comment.DescendantTokens())
                {
                    if (token.IsKind(SyntaxKind.IdentifierToken))
                    {
                        _mentioned.Add(token.ValueText);
                    }
                }
            }
        }
    }
}
