using System.Collections.Concurrent;
using System.Collections.Immutable;
using Jobs.Generator.Contracts;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Compares the jobs of one compilation with recorded ones.</summary>
internal sealed class ContractCheck(ContractSet recorded, Compilation compilation)
{
    private readonly ConcurrentBag<(string Name, JobContract Contract, INamedTypeSymbol Type)> _jobs = [];

    public void AnalyzeJob(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var shapes = new ShapeParser(compilation, context.CancellationToken);
        if (ContractParser.ParseJob(type, shapes) is not { Key: var name, Value: var contract })
        {
            return;
        }

        _jobs.Add((name, contract, type));
        if (recorded.FindJob(name, contract.Aliases) is not { Value: var before })
        {
            // Whether it is new or renamed is seen when all jobs are known.
            return;
        }

        var changes = Compare(before.Input, contract.Input, "input", shapes).ToList();
        if (changes.Exists(static change => change.IsBreak) && IsUpgraded(type, before.Input!, context.CancellationToken))
        {
            changes = [new(false, "input", "is upgraded from its recorded form", null, null)];
        }

        foreach (var change in changes.Concat(Compare(before.Result, contract.Result, "result", shapes)))
        {
            var rule = change.IsBreak ? Rules.ContractBroken : Rules.ContractChanged;
            context.ReportDiagnostic(Diagnostic.Create(rule, Locate(change, shapes, type), name, change.Path, change.Message));
        }
    }

    public void AnalyzeNames(CompilationAnalysisContext context)
    {
        var jobs = _jobs.OrderBy(static job => job.Name, StringComparer.Ordinal).ToList();
        var known = new HashSet<string>(jobs.SelectMany(static job => job.Contract.Aliases.Prepend(job.Name)), StringComparer.Ordinal);
        var gone = recorded.Jobs.Where(job => job.Value.Retired is null && !known.Contains(job.Key)).ToList();
        foreach (var (name, contract, type) in jobs.Where(job => recorded.FindJob(job.Name, job.Contract.Aliases) is null or { Value.Retired: not null }))
        {
            var former = gone.FirstOrDefault(job => job.Value.Input is not null && job.Value.Input == contract.Input && job.Value.Result == contract.Result);
            if (former.Key is null)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.ContractChanged, Declaration(type), name, "it", "is new"));
                continue;
            }

            gone.Remove(former);
            var properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Alias, former.Key);
            context.ReportDiagnostic(Diagnostic.Create(Rules.JobRenamed, Declaration(type), properties, name, former.Key));
        }

        foreach (var job in gone)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.JobRemoved, Location.None, job.Key));
        }
    }

    private IReadOnlyList<ContractChange> Compare(string? before, string? now, string path, ShapeParser shapes) => (before, now) switch
    {
        (null, null) => [],
        (null, _) when path == "result" => [new(false, path, "is new", null, null)],
        (null, _) => [new(true, path, "is new, and what is queued has none", null, null)],
        (_, null) when path == "result" => [new(true, path, "is gone, and callers of the previous version wait for it", null, null)],
        (_, null) => [new(true, path, "is gone: workers of the previous version require it", null, null)],
        _ => new ContractComparison(recorded.Types, shapes.Types).Compare(before, now, path),
    };

    /// <summary>Whether an upgrader takes what was recorded.</summary>
    private bool IsUpgraded(INamedTypeSymbol job, string before, CancellationToken cancellationToken)
    {
        var signature = job.TypeKind == TypeKind.Interface ? JobSignatureParser.FindContractInterface(job) : JobSignatureParser.FindHandlerInterface(job);
        return InputUpgraders.OldTypesOf(signature!.TypeArguments[0], compilation).Any(old =>
        {
            var shapes = new ShapeParser(compilation, cancellationToken);
            var description = shapes.Add(old, isNullable: false);
            return !new ContractComparison(recorded.Types, shapes.Types).Compare(before, description, "input").Any(static change => change.IsBreak);
        });
    }

    /// <summary>The member or type that changed, if it is in the source; else the job.</summary>
    private static Location Locate(ContractChange change, ShapeParser shapes, INamedTypeSymbol job)
    {
        var symbol = change switch
        {
            { Type: { } type, Member: { } member } => shapes.FindMember(type, member) ?? shapes.FindSymbol(type),
            { Type: { } type } => shapes.FindSymbol(type),
            _ => null,
        };
        return symbol?.Locations.FirstOrDefault(static location => location.IsInSource) ?? Declaration(job);
    }

    private static Location Declaration(INamedTypeSymbol type) => type.Locations.FirstOrDefault(static location => location.IsInSource) ?? Location.None;
}
