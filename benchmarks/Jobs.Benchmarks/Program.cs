using BenchmarkDotNet.Running;

// dotnet run -c Release --project benchmarks/Jobs.Benchmarks -- --filter '*EndToEnd*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
