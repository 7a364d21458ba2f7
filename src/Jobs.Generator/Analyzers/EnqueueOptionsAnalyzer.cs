using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Options of one call that do not go together.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnqueueOptionsAnalyzer : JobsAnalyzer
{
    /// <summary>In each pair the second wins.</summary>
    private static readonly (string Loser, string Winner)[] _exclusive = [("Delay", "RunAt")];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.ContradictoryOptions, Rules.RunAtInThePast];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context) => context.RegisterOperationAction(Analyze, OperationKind.ObjectOrCollectionInitializer);

    private static void Analyze(OperationAnalysisContext context)
    {
        var initializer = (IObjectOrCollectionInitializerOperation)context.Operation;
        if (!JobsTypes.Is(initializer.Type, "EnqueueOptions"))
        {
            return;
        }

        var set = initializer.Initializers
            .OfType<ISimpleAssignmentOperation>()
            .Where(static assignment => assignment.Target is IPropertyReferenceOperation && !SetsNothing(assignment.Value))
            .ToLookup(static assignment => ((IPropertyReferenceOperation)assignment.Target).Property.Name, StringComparer.Ordinal);
        foreach (var (loser, winner) in _exclusive)
        {
            if (set.Contains(winner) && set[loser].FirstOrDefault() is { } without)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.ContradictoryOptions, without.Syntax.GetLocation(), loser, winner));
            }
        }

        // A day of tolerance: a time without an offset means the build machine's zone.
        if (set["RunAt"].FirstOrDefault() is { } runAt && ConstantTime.Find(runAt.Value) is { } time && time < DateTimeOffset.UtcNow.AddDays(-1))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.RunAtInThePast, runAt.Value.Syntax.GetLocation(), runAt.Value.Syntax.ToString()));
        }
    }

    private static bool SetsNothing(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        return value is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null or false } };
    }
}
