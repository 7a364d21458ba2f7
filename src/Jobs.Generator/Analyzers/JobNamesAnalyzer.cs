using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Whether the names of each job can be names; which of them clash needs all jobs, see <see cref="JobClashAnalyzer"/>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobNamesAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.InvalidJobName, Rules.InvalidClientName, Rules.NameDecidedByContract];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        var compilation = context.Compilation;
        var options = context.Options.AnalyzerConfigOptionsProvider;
        var assembly = new Lazy<AssemblyModel>(() => AssemblyParser.Parse(compilation, options));
        context.RegisterSymbolAction(
            symbol =>
            {
                if (JobDeclaration.Find((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken) is { } job)
                {
                    Analyze(symbol, job, assembly);
                }
            },
            SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, JobDeclaration job, Lazy<AssemblyModel> assembly)
    {
        CheckAliases(context, job);
        if (job.HasContract)
        {
            CheckContractHandler(context, job);
            return;
        }

        CheckName(context, job.Identity.Name, job.Locations.Name);
        var clientName = job.Identity.ClientName;
        string? problem = null;
        if (!JobNaming.CanBeProperty(clientName))
        {
            problem = Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(clientName) ? "every object has a member of this name" : "it is not an identifier";
        }
        else if (clientName == assembly.Value.ClientName || clientName == assembly.Value.NamesName)
        {
            problem = "it is the name of the client itself, or of its constants";
        }

        if (problem is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.InvalidClientName, job.Locations.ClientName, clientName, problem));
        }
    }

    private static void CheckName(SymbolAnalysisContext context, string name, Location location)
    {
        if (ValueCheck.JobName(name, location) is { } diagnostic)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    private static void CheckAliases(SymbolAnalysisContext context, JobDeclaration job)
    {
        var index = 0;
        foreach (var alias in job.Attribute.Aliases)
        {
            CheckName(context, alias, job.Locations.Element("Aliases", index++));
        }
    }

    private static void CheckContractHandler(SymbolAnalysisContext context, JobDeclaration job)
    {
        var contract = Names.Short(job.Attribute.Contract!);
        if (job.Attribute.Name is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NameDecidedByContract, job.Locations.Name, job.DisplayName, contract));
        }

        if (job.Attribute.ClientName is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NameDecidedByContract, job.Locations.ClientName, job.DisplayName, contract));
        }
    }
}
