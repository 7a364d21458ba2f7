using System.Runtime.CompilerServices;
using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Surfaces;

/// <summary>The upgraders of a file as they were parsed last, kept and dropped as its jobs are: see <see cref="ParsedJobs"/>.</summary>
internal sealed class ParsedUpgraders
{
    private static readonly ConditionalWeakTable<SyntaxTree, ParsedUpgraders> s_ofTree = new();

    private Entry? _entry;

    /// <summary>The upgraders of a file: those that are known, if they depend on nothing that changed.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="surface">The compilation that it is part of.</param>
    /// <param name="parse">Parses them.</param>
    public static EquatableArray<UpgraderModel> Get(SyntaxTree tree, CompilationSurface surface, Func<EquatableArray<UpgraderModel>> parse)
    {
        var kept = s_ofTree.GetValue(tree, static _ => new ParsedUpgraders());
        if (kept._entry is { } known)
        {
            if (known.Whole == surface.Whole)
            {
                return known.Upgraders;
            }

            if (known.Dependencies == surface.DependenciesOf(tree))
            {
                kept._entry = known with { Whole = surface.Whole };
                return known.Upgraders;
            }
        }

        var upgraders = parse();
        kept._entry = new Entry(surface.Whole, surface.DependenciesOf(tree), upgraders);
        return upgraders;
    }

    private sealed record Entry(SurfaceKey Whole, SurfaceKey Dependencies, EquatableArray<UpgraderModel> Upgraders);
}
