using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>An enqueue per turn of a loop, of which nobody keeps the handle.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnqueueInLoopAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.EnqueueInLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context) => context.RegisterOperationAction(Analyze, OperationKind.ExpressionStatement);

    private static void Analyze(OperationAnalysisContext context)
    {
        var statement = (IExpressionStatementOperation)context.Operation;
        if (statement.Operation is IAwaitOperation awaited
            && ProductCalls.Find(awaited.Operation) is { TargetMethod: { Name: "EnqueueAsync", ContainingType: { Arity: > 0 } type } } call
            && JobsTypes.Is(type, "IJobClient")
            && IsTurnOfLoop(statement))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.EnqueueInLoop, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }

    /// <summary>Whether it runs on every turn: what runs on a condition, or may be retried, is a decision per job. Streams that are awaited have no end to wait for.</summary>
    private static bool IsTurnOfLoop(IOperation statement)
    {
        for (var current = statement.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IBlockOperation:
                    break;
                case IForEachLoopOperation loop:
                    return !loop.IsAsynchronous;
                case IForLoopOperation:
                    return true;
                default:
                    return false;
            }
        }

        return false;
    }
}
