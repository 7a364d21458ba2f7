using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Surfaces;

/// <summary>
/// The surfaces of a compilation's files, and which of them a declaration in one file can depend on: those that declare a name that is
/// written there, and so on from these. By names alone, so that nothing is bound; too much is found rather than too little. What can
/// reach a declaration without a name in it is part of every answer: the namespaces, the global usings and types of the framework's
/// own namespaces. See docs/architecture.md for why this is enough.
/// </summary>
internal sealed class CompilationSurface
{
    /// <summary>Fewer are read sooner than a second thread has started.</summary>
    private const int MinConcurrent = 16;

    private static readonly ConditionalWeakTable<Compilation, CompilationSurface> s_ofCompilation = new();

    private readonly Dictionary<SyntaxTree, int> _indexes = [];
    private readonly List<DeclarationSurface> _trees = [];
    private readonly HashSet<string> _globalAliases = new(StringComparer.Ordinal);
    private readonly Lazy<SurfaceGraph> _graph;

    private CompilationSurface(Compilation compilation, CancellationToken cancellationToken)
    {
        Settings = new CompilationSettings(compilation, cancellationToken);
        var all = new StringBuilder();
        ReadMissing(compilation, cancellationToken);
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var surface = DeclarationSurface.Of(tree, cancellationToken);
            _indexes.Add(tree, _trees.Count);
            _trees.Add(surface);
            surface.Hash.AppendTo(all);
            if (surface.GlobalUsings.Length > 0)
            {
                _globalAliases.UnionWith(surface.Aliases);
            }
        }

        Whole = new SurfaceKey(Settings, ContentHash.Of(all));
        _graph = new(() => new SurfaceGraph(_trees));
    }

    /// <summary>Stands for the surfaces of all files.</summary>
    public SurfaceKey Whole { get; }

    private CompilationSettings Settings { get; }

    public static CompilationSurface Of(Compilation compilation, CancellationToken cancellationToken) =>
        s_ofCompilation.TryGetValue(compilation, out var known) ? known : s_ofCompilation.GetValue(compilation, key => new CompilationSurface(key, cancellationToken));

    /// <summary>When a project is opened these are all its files: then on all cores, as they are parsed.</summary>
    private static void ReadMissing(Compilation compilation, CancellationToken cancellationToken)
    {
        if (!compilation.Options.ConcurrentBuild)
        {
            return;
        }

        var missing = compilation.SyntaxTrees.Where(static tree => !DeclarationSurface.IsKnown(tree)).ToList();
        if (missing.Count >= MinConcurrent)
        {
            Parallel.ForEach(missing, new ParallelOptions { CancellationToken = cancellationToken }, tree => DeclarationSurface.Of(tree, cancellationToken));
        }
    }

    /// <summary>Stands for everything that a declaration in the tree can depend on.</summary>
    public SurfaceKey DependenciesOf(SyntaxTree tree) => new(Settings, _graph.Value.DependenciesOf(_indexes[tree]));

    /// <summary>The types in a tree that may have an attribute of this name, by itself or through an alias.</summary>
    public IEnumerable<AttributedType> FindAttributed(SyntaxTree tree, string name)
    {
        var surface = _trees[_indexes[tree]];
        return surface.Attributed.Where(type => type.Attributes.Any(attribute =>
            attribute == name || attribute == name + "Attribute" || surface.Aliases.Contains(attribute) || _globalAliases.Contains(attribute)));
    }

    /// <summary>Whether a type in the tree may derive from one of this name, by itself or through an alias.</summary>
    public bool MayInherit(SyntaxTree tree, string name) => _trees[_indexes[tree]].Inherited is var names && (names.Contains(name) || names.Overlaps(_globalAliases));
}
