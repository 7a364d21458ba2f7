using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.Surfaces;

/// <summary>
/// The jobs of a file as they were parsed last, with what they were parsed from. The compiler asks for all of them after each edit
/// anywhere; as long as nothing changed that they depend on, they are the same, and nothing is bound to say so. Lives as long as the
/// tree and holds models only. The compiler's own providers of syntax do not serve here: the one for attributes binds all of them after
/// every edit, and the other one now and then loses or repeats entries when files come and go (dotnet/roslyn#66324).
/// </summary>
internal sealed class ParsedJobs
{
    private static readonly ConditionalWeakTable<SyntaxTree, ParsedJobs> s_ofTree = new();

    private readonly ConcurrentDictionary<TextSpan, Entry> _entries = new();

    /// <summary>The job of a type, as far as it is known.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="span">The declaration.</param>
    /// <param name="surface">The compilation that it is part of.</param>
    public static FoundJob Find(SyntaxTree tree, TextSpan span, CompilationSurface surface)
    {
        var entries = s_ofTree.GetValue(tree, static _ => new ParsedJobs())._entries;
        if (entries.TryGetValue(span, out var known))
        {
            if (known.Whole == surface.Whole)
            {
                return new(tree, span) { Model = known.Job, IsKnown = true };
            }

            if (known.Dependencies == surface.DependenciesOf(tree))
            {
                entries[span] = known with { Whole = surface.Whole };
                return new(tree, span) { Model = known.Job, IsKnown = true };
            }
        }

        return new(tree, span);
    }

    /// <summary>Keeps what was parsed for a job that was not known.</summary>
    public static void Keep(FoundJob job, CompilationSurface surface)
    {
        if (!job.IsKnown && job.Model is not { DependsOnLines: true })
        {
            s_ofTree.GetValue(job.Tree, static _ => new ParsedJobs())._entries[job.Span] = new Entry(surface.Whole, surface.DependenciesOf(job.Tree), job.Model);
        }
    }

    private sealed record Entry(SurfaceKey Whole, SurfaceKey Dependencies, JobModel? Job);
}
