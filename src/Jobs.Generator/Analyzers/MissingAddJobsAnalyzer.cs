using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>A program whose own client is injected or resolved, and that never calls the <c>AddJobs</c> that would register it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingAddJobsAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.MissingAddJobs];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        // A library's client is registered by the program that composes it.
        if (context.Compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication))
        {
            return;
        }

        var uses = new ClientUses(context.Compilation.Assembly);
        context.RegisterSyntaxNodeAction(uses.VisitName, SyntaxKind.IdentifierName);
        context.RegisterOperationAction(uses.VisitCreation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(uses.VisitInvocation, OperationKind.Invocation);
        context.RegisterOperationAction(uses.VisitLambda, OperationKind.AnonymousFunction);
        context.RegisterSymbolAction(uses.VisitParameter, SymbolKind.Parameter);
        context.RegisterCompilationEndAction(end =>
        {
            if (uses.FirstUnregistered is var (client, location))
            {
                end.ReportDiagnostic(Diagnostic.Create(Rules.MissingAddJobs, location, Names.Short(client)));
            }
        });
    }
}
