using Jobs.HttpBenchmarks.Driving;
using Jobs.HttpBenchmarks.Serving;

// dotnet run -c Release --project benchmarks/Jobs.HttpBenchmarks -- [--rounds 5] [--seconds 3] [--connections 1,8,64,256] [--only postgres|sqlite] [--smoke]
// It starts itself again as the services: "serve <kind> <connection string>".
if (args is ["serve", var kind, var connection])
{
    await Service.RunAsync(kind, connection);
}
else
{
    await new Comparison(ComparisonOptions.Parse(args)).RunAsync();
}
