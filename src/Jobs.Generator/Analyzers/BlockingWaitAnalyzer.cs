using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary><c>.Result</c>, <c>.Wait()</c> and <c>.GetAwaiter().GetResult()</c> on a call of the product.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingWaitAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.BlockingWait];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterOperationAction(
            static operation =>
            {
                var property = (IPropertyReferenceOperation)operation.Operation;
                if (property is { Property.Name: "Result", Instance: { Type: { } type } instance } && ProductCalls.IsTask(type))
                {
                    Report(operation, instance, ".Result");
                }
            },
            OperationKind.PropertyReference);
        context.RegisterOperationAction(
            static operation =>
            {
                var invocation = (IInvocationOperation)operation.Operation;
                switch (invocation)
                {
                    case { TargetMethod.Name: "Wait", Instance: { Type: { } type } instance } when ProductCalls.IsTask(type):
                        Report(operation, instance, ".Wait()");
                        break;
                    case { TargetMethod: { Name: "GetResult", Parameters.IsEmpty: true }, Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter" } awaiter }:
                        Report(operation, awaiter, ".GetAwaiter().GetResult()");
                        break;
                }
            },
            OperationKind.Invocation);
    }

    private static void Report(OperationAnalysisContext context, IOperation awaited, string how)
    {
        if (ProductCalls.Find(awaited) is { } call)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.BlockingWait, context.Operation.Syntax.GetLocation(), how, call.TargetMethod.Name));
        }
    }
}
