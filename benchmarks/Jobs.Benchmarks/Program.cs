using System.Globalization;
using BenchmarkDotNet.Running;
using Jobs.Benchmarks.EndToEnd;

// dotnet run -c Release --project benchmarks/Jobs.Benchmarks -- --filter '*EndToEnd*'
if (args is ["quick", ..])
{
    await QuickComparison.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 32);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
