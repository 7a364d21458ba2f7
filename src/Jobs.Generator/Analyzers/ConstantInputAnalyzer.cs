using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Whether a job's input is constructed with values that its own validation attributes refuse.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstantInputAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.EnqueuedConstantBreaksValidation, Rules.ConstantBreaksValidation];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        var check = new InputCheck(context.Compilation, context.CancellationToken);
        context.RegisterOperationAction(check.Analyze, OperationKind.ObjectCreation, OperationKind.With, OperationKind.MemberInitializer);
    }
}
