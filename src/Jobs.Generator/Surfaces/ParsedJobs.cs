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

    /// <summary>The job that a type declares; null when it declares none.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="span">The declaration.</param>
    /// <param name="surface">The compilation that it is part of.</param>
    /// <param name="parse">Parses it.</param>
    public static JobModel? GetOrParse(SyntaxTree tree, TextSpan span, CompilationSurface surface, Func<JobModel?> parse)
    {
        var entries = s_ofTree.GetValue(tree, static _ => new ParsedJobs())._entries;
        if (entries.TryGetValue(span, out var known))
        {
            if (known.Whole == surface.Whole)
            {
                return known.Job;
            }

            if (known.Dependencies == surface.DependenciesOf(tree))
            {
                entries[span] = known with { Whole = surface.Whole };
                return known.Job;
            }
        }

        var job = parse();
        if (job is null || !job.DependsOnLines)
        {
            entries[span] = new Entry(surface.Whole, surface.DependenciesOf(tree), job);
        }

        return job;
    }

    private sealed record Entry(SurfaceKey Whole, SurfaceKey Dependencies, JobModel? Job);
}
