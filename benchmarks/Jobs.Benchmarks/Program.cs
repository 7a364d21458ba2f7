using System.Globalization;
using BenchmarkDotNet.Running;
using Jobs.Benchmarks;
using Jobs.Benchmarks.EndToEnd;

// dotnet run -c Release --project benchmarks/Jobs.Benchmarks -- --filter '*EndToEnd*'
//                                                               quick [rounds] [slots]
//                                                               --smoke
switch (args)
{
    case ["quick", ..]:
        await QuickComparison.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 32);
        break;
    case ["--smoke"]:
        await Smoke.RunAsync(typeof(Program).Assembly);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
