using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Methods, local functions and lambdas in a handler that nobody can await.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.AsyncVoidInHandler];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterSymbolAction(
            static symbol => Check((IMethodSymbol)symbol.Symbol, $"'{symbol.Symbol.Name}'", symbol.Symbol.Locations[0], symbol.ReportDiagnostic),
            SymbolKind.Method);
        context.RegisterOperationAction(
            static operation =>
            {
                var method = ((ILocalFunctionOperation)operation.Operation).Symbol;
                Check(method, $"'{method.Name}'", method.Locations[0], operation.ReportDiagnostic);
            },
            OperationKind.LocalFunction);
        context.RegisterOperationAction(
            static operation => Check(((IAnonymousFunctionOperation)operation.Operation).Symbol, "This lambda", operation.Operation.Syntax.GetLocation(), operation.ReportDiagnostic),
            OperationKind.AnonymousFunction);
    }

    private static void Check(IMethodSymbol method, string name, Location location, Action<Diagnostic> report)
    {
        if (method is { IsAsync: true, ReturnsVoid: true, ContainingType: { } type } && JobAttributeData.FindOn(type) is not null)
        {
            report(Diagnostic.Create(Rules.AsyncVoidInHandler, location, name));
        }
    }
}
