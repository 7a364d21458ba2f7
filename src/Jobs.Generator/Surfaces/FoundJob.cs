using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.Surfaces;

/// <summary>A declaration that may be a job.</summary>
internal sealed class FoundJob(SyntaxTree tree, TextSpan span)
{
    public SyntaxTree Tree => tree;

    public TextSpan Span => span;

    /// <summary>Whether the model is from an earlier compilation, and still right.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Null when the declaration is no job, or not parsed yet.</summary>
    public JobModel? Model { get; set; }
}
