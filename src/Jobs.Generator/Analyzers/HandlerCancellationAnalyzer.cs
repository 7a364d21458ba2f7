using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>A handler that never looks at its cancellation token while it calls what takes one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerCancellationAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.HandlerIgnoresCancellation];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context) => context.RegisterOperationBlockAction(Analyze);

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol { Name: "HandleAsync", ContainingType: { } type } method
            || method.Parameters.LastOrDefault() is not { Type.Name: "CancellationToken" } token
            || JobAttributeData.FindOn(type) is null)
        {
            return;
        }

        IInvocationOperation? ignoring = null;
        foreach (var operation in context.OperationBlocks.SelectMany(static block => block.DescendantsAndSelf()))
        {
            switch (operation)
            {
                case IParameterReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Parameter, token):
                    return;
                case IInvocationOperation invocation when ignoring is null && ProductCalls.IsTask(invocation.TargetMethod.ReturnType) && CouldTakeToken(invocation):
                    ignoring = invocation;
                    break;
            }
        }

        if (ignoring is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.HandlerIgnoresCancellation, token.Locations[0], Names.Short(type), ignoring.TargetMethod.Name));
        }
    }

    /// <summary>Its own optional parameter is left out, or an overload takes one more.</summary>
    private static bool CouldTakeToken(IInvocationOperation invocation)
    {
        if (invocation.Arguments.Any(static argument => argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter.Type.Name: "CancellationToken" }))
        {
            return true;
        }

        var method = invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod;
        return !method.Parameters.Any(static parameter => parameter.Type.Name == "CancellationToken")
            && method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other => TakesOneMore(other, method.OriginalDefinition));
    }

    private static bool TakesOneMore(IMethodSymbol other, IMethodSymbol method) =>
        other.IsStatic == method.IsStatic
        && other.Arity == method.Arity
        && other.Parameters.Length == method.Parameters.Length + 1
        && other.Parameters[other.Parameters.Length - 1].Type.Name == "CancellationToken"
        && other.Parameters.Take(method.Parameters.Length).Zip(method.Parameters, static (left, right) => left.Type.Name == right.Type.Name).All(static same => same);
}
