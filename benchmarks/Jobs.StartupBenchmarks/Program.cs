using System.Globalization;
using Jobs.StartupBenchmarks;

// dotnet run -c Release --project benchmarks/Jobs.StartupBenchmarks -- [--runs 20] [--jobs 100000] [--framework net9.0] [--jit-only] [--smoke]
// Natively published programs beside the same ones on the JIT. The smoke has a few runs, on the JIT only, because publishing takes minutes.
var isSmoke = args.Contains("--smoke");
var runs = int.Parse(Option("--runs", isSmoke ? "2" : "20"), CultureInfo.InvariantCulture);
var jobs = int.Parse(Option("--jobs", isSmoke ? "1000" : "100000"), CultureInfo.InvariantCulture);
var folder = Directory.CreateTempSubdirectory("jobs-startup-benchmarks-").FullName;
try
{
    var builds = new List<Build> { Build.OfJit() };
    if (!isSmoke && !args.Contains("--jit-only"))
        builds.Insert(0, await Build.PublishAsync(Path.Combine(folder, "native"), Option("--framework", "net10.0")));

    await FirstJob.CompareAsync(builds, folder, runs);
    await ServiceFootprint.CompareAsync(builds, folder, jobs);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

string Option(string name, string standard)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : standard;
}
