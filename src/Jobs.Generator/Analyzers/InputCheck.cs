using System.Collections.Concurrent;
using Jobs.Generator.Constants;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Checks constructions of inputs within one compilation.</summary>
internal sealed class InputCheck(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly Lazy<JobInputTypes> _inputs = new(() => JobInputTypes.Find(compilation, cancellationToken));
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<ValidationMember>> _members = new(SymbolEqualityComparer.Default);

    public void Analyze(OperationAnalysisContext context)
    {
        // What is made all the time costs a look at a name.
        var type = context.Operation switch
        {
            Microsoft.CodeAnalysis.Operations.IMemberInitializerOperation nested => nested.InitializedMember.Type,
            var operation => operation.Type,
        };
        if (type is not INamedTypeSymbol named || !ValidationShapes.HasMembers(named) || !_inputs.Value.Contains(named)
            || InputConstruction.Of(context.Operation, context.CancellationToken) is not { } construction)
        {
            return;
        }

        var members = _members.GetOrAdd(named, key => ValidationMember.Of(key, compilation, CancellationToken.None));
        var rule = construction.IsFinal ? Rules.EnqueuedConstantBreaksValidation : Rules.ConstantBreaksValidation;
        foreach (var failure in InputFailures.Find(construction, members, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, failure.Location, failure.Message, failure.Rule));
        }
    }
}
