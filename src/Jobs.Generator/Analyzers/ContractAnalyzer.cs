using System.Collections.Immutable;
using Jobs.Generator.Contracts;
using Jobs.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Compares the jobs of a project with those that <c>jobs.contracts.json</c> records. Without the file there is nothing to do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.ContractBroken, Rules.ContractChanged, Rules.JobRemoved, Rules.JobRenamed, Rules.InvalidContractFile];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        if (context.Options.AdditionalFiles.FirstOrDefault(ContractFiles.IsContractFile) is not { } file || file.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        ContractSet recorded;
        try
        {
            recorded = ContractFile.Read(text.ToString());
        }
        catch (JsonTextException problem)
        {
            context.RegisterCompilationEndAction(end => end.ReportDiagnostic(Diagnostic.Create(Rules.InvalidContractFile, Location.Create(file.Path, default, default), problem.Message)));
            return;
        }

        // What is being recorded is not to be held against what was.
        if (!ContractFiles.IsUpdate(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions))
        {
            var check = new ContractCheck(recorded, context.Compilation);
            context.RegisterSymbolAction(check.AnalyzeJob, SymbolKind.NamedType);
            context.RegisterCompilationEndAction(check.AnalyzeNames);
        }
    }
}
