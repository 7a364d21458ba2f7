using AotClient;
using Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A command line that uses the jobs of samples/AotWorker: no database, no handlers, only what it may ask for.
if (args is not [var address, _, ..])
{
    Console.Error.WriteLine(Commands.Usage);
    return 2;
}

try
{
    var builder = Host.CreateEmptyApplicationBuilder(null);
    builder.Services.AddHttpClient("Jobs", static http => http.DefaultRequestHeaders.Add("X-Api-Key", Environment.GetEnvironmentVariable("JOBS_API_KEY")));
    builder.Services.AddJobs(jobs => jobs.UseHttp(address));
    builder.Services.AddSingleton<Commands>();
    using var host = builder.Build();
    await host.StartAsync();
    await host.Services.GetRequiredService<Commands>().RunAsync(args[1..]);
    await host.StopAsync();
    return 0;
}
catch (ArgumentException unknown)
{
    Console.Error.WriteLine(unknown.Message);
    return 2;
}
catch (JobException error)
{
    Console.Error.WriteLine($"{error.Code}: {error.Message}");
    return 1;
}
