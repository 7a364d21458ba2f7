using Jobs.LongHorizon.Driving;
using Jobs.LongHorizon.Running;

// One process that enqueues, works, and tells once in a while how it goes: the JSON-lines protocol of the public
// postgresql-job-queue-benchmarking harness, with its settings in the environment.
//   DATABASE_URL=postgres://user@host/database dotnet run -c Release --project benchmarks/Jobs.LongHorizon
// And a driver that plays the harness's scenarios on a server of its own:
//   dotnet run -c Release --project benchmarks/Jobs.LongHorizon -- drive [--smoke] [--seconds 30] [--rate 2000] [--only held] [--out FOLDER]
return args switch
{
    [] => await Runner.RunAsync(RunnerSettings.FromEnvironment()),
    ["drive", .. var options] => await Driver.RunAsync(DriverOptions.Parse(options)),
    _ => throw new ArgumentException("Without arguments this is the runner; with \"drive\" it plays the scenarios."),
};
