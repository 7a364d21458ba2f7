using BenchmarkDotNet.Running;
using Jobs.Benchmarks;
using Jobs.GeneratorBenchmarks;

// What the compiler and the editor spend on jobs.
//   dotnet run -c Release --project benchmarks/Jobs.GeneratorBenchmarks                    a quick table, medians
//   dotnet run -c Release --project benchmarks/Jobs.GeneratorBenchmarks -- analyzers       how long each analyzer takes
//   dotnet run -c Release --project benchmarks/Jobs.GeneratorBenchmarks -- --filter '*'    with BenchmarkDotNet
//   dotnet run -c Release --project benchmarks/Jobs.GeneratorBenchmarks -- --smoke         each once: whether it runs
if (args.Length == 0)
{
    await QuickTable.PrintAsync();
}
else if (args is ["analyzers"])
{
    await QuickTable.PrintAnalyzersAsync();
}
else if (args is ["--smoke"])
{
    await Smoke.RunAsync(typeof(GeneratorBenchmark).Assembly);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(GeneratorBenchmark).Assembly).Run(args);
}
