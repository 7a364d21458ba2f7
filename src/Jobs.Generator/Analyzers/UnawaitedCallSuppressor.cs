using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Silences the compiler's own warning about a call that is not awaited where <see cref="UnobservedTaskAnalyzer"/> says it, with a reason: one mistake is told once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnawaitedCallSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor _unawaited = new("JOBS0201", "CS4014", "JOB0201 reports the same call, and says what is lost with its task.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [_unawaited];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is var node
                && ProductCalls.Find(context.GetSemanticModel(tree).GetOperation(node, context.CancellationToken)) is not null)
            {
                context.ReportSuppression(Suppression.Create(_unawaited, diagnostic));
            }
        }
    }
}
