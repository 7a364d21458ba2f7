using BenchmarkDotNet.Attributes;
using Jobs.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.GeneratorBenchmarks;

/// <summary>The generator: a first run, and what an edit costs.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private SourceProject _project = null!;
    private GeneratorDriver _warm = null!;
    private Compilation _compilation = null!;
    private int _edit;

    [Params(1, 100, 1000)]
    public int Jobs { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _project = new SourceProject(Jobs);
        _compilation = _project.Open();
        _warm = CreateDriver().RunGenerators(_compilation);
    }

    [Benchmark]
    public GeneratorDriver Cold() => CreateDriver().RunGenerators(_project.Open());

    [Benchmark]
    public GeneratorDriver EditElsewhere() => _warm.RunGenerators(SourceProject.EditElsewhere(_compilation, ++_edit));

    [Benchmark]
    public GeneratorDriver EditOneJob() => _warm.RunGenerators(SourceProject.EditJob(_compilation, ++_edit));

    private static CSharpGeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(new JobGenerator());
}
