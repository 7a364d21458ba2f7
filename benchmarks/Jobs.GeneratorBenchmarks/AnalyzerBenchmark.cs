using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Jobs.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.GeneratorBenchmarks;

/// <summary>The analyzers: in a project without jobs, against an analyzer that does nothing, and in one with jobs.</summary>
[MemoryDiagnoser]
public class AnalyzerBenchmark
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> _analyzers =
        [.. typeof(JobGenerator).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(DiagnosticAnalyzer)) && !type.IsAbstract && !type.IsAssignableTo(typeof(DiagnosticSuppressor))).Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private SourceProject _plain = null!;
    private SourceProject _jobs = null!;

    [Params(100, 1000)]
    public int Files { get; set; }

    [GlobalSetup]
    public void SetUp() => (_plain, _jobs) = (new SourceProject(Files, hasJobs: false), new SourceProject(Files));

    [Benchmark(Baseline = true)]
    public Task<ImmutableArray<Diagnostic>> WithoutJobsByNobody() => AnalyzeAsync(_plain.Open(), [new IdleAnalyzer()]);

    [Benchmark]
    public Task<ImmutableArray<Diagnostic>> WithoutJobs() => AnalyzeAsync(_plain.Open(), _analyzers);

    [Benchmark]
    public Task<ImmutableArray<Diagnostic>> WithJobs()
    {
        CSharpGeneratorDriver.Create(new JobGenerator()).RunGeneratorsAndUpdateCompilation(_jobs.Open(), out var compilation, out _);
        return AnalyzeAsync(compilation, _analyzers);
    }

    /// <summary>All analyzers one after the other, with the time of each.</summary>
    public async Task<IReadOnlyList<(string Name, TimeSpan Time)>> MeasureEachAsync()
    {
        CSharpGeneratorDriver.Create(new JobGenerator()).RunGeneratorsAndUpdateCompilation(_jobs.Open(), out var compilation, out _);
        var analysis = compilation.WithAnalyzers(_analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        var result = await analysis.GetAnalysisResultAsync(CancellationToken.None);
        return [.. result.AnalyzerTelemetryInfo.Select(entry => (entry.Key.GetType().Name, entry.Value.ExecutionTime)).OrderByDescending(entry => entry.ExecutionTime)];
    }

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync();
}
