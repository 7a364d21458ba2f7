using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Whether the inputs and results of jobs, and what their steps store, survive being written as JSON and read again.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TravelAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.TypeCannotTravel, Rules.MemberVanishes, Rules.ObjectArrivesAsJson, Rules.CircularReference, Rules.ValidationUnsafeForTrimming, Rules.RuleCannotBeChecked];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context) => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (JobDeclaration.Find(type, context.CancellationToken) is not { } job || HandlerParser.IsGeneric(type))
        {
            return;
        }

        var signature = job.IsContract ? JobSignatureParser.FindContractInterface(type) : JobSignatureParser.FindHandlerInterface(type);
        if (signature is null)
        {
            return;
        }

        foreach (var step in job.Attribute.StepTypes)
        {
            if (TypeAccess.CanBeNamed(step, context.Compilation))
            {
                new TravelCheck(context, job, step).Run();
            }
        }

        for (var i = 0; i < signature.TypeArguments.Length; i++)
        {
            var root = signature.TypeArguments[i];
            // Types that cannot even be named have a rule of their own; those of a context of one's own are its author's affair.
            if (TypeAccess.CanBeNamed(root, context.Compilation))
            {
                if (job.Attribute.JsonContext is null)
                {
                    new TravelCheck(context, job, root).Run();
                }

                // Results are not validated.
                if (i == 0)
                {
                    ValidationSafety.Check(context, job, root);
                    ValidationSafety.CheckRules(context, job, root);
                }
            }
        }
    }
}
