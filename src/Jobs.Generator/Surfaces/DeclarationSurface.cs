using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Surfaces;

/// <summary>
/// What other files, and the file's own declarations, can see of a file: everything but the insides of bodies. Read once per tree and
/// kept as long as the tree, so that an edit reads one file.
/// </summary>
internal sealed class DeclarationSurface
{
    private static readonly ConditionalWeakTable<SyntaxTree, DeclarationSurface> s_ofTree = new();

    /// <summary>Stands for all of it.</summary>
    public required ContentHash Hash { get; init; }

    /// <summary>The simple names of the types and of the global aliases that are declared here.</summary>
    public required IReadOnlyCollection<string> Declared { get; init; }

    /// <summary>The names of what types here derive from, and those that stand behind aliases.</summary>
    public required HashSet<string> Inherited { get; init; }

    /// <summary>Every other name that is written here.</summary>
    public required IReadOnlyCollection<string> Mentioned { get; init; }

    /// <summary>The namespaces that are declared here, in full.</summary>
    public required IReadOnlyCollection<string> Namespaces { get; init; }

    /// <summary>The aliases of this file, global ones included: an attribute may hide behind each.</summary>
    public required HashSet<string> Aliases { get; init; }

    /// <summary>The classes, records and interfaces with attributes, in the order of the source.</summary>
    public required IReadOnlyList<AttributedType> Attributed { get; init; }

    /// <summary>The global using directives as they are written; empty as a rule.</summary>
    public required string GlobalUsings { get; init; }

    /// <summary>The names in global using directives that are no aliases: what they stand for is in sight of every file.</summary>
    public required IReadOnlyCollection<string> GloballyMentioned { get; init; }

    /// <summary>Whether types of the framework's own namespaces are declared here: the compiler and the parsers find those without a name in the source.</summary>
    public required bool IsAmbient { get; init; }

    public static bool IsKnown(SyntaxTree tree) => s_ofTree.TryGetValue(tree, out _);

    public static DeclarationSurface Of(SyntaxTree tree, CancellationToken cancellationToken) =>
        s_ofTree.TryGetValue(tree, out var known) ? known : s_ofTree.GetValue(tree, key => SurfaceReader.Read(key, cancellationToken));
}
