using Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using WorkBench;
using WorkBench.Indexing;

if (Console.IsOutputRedirected)
{
    // For a file or a pipe: no colours, and lines as long as they are.
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    AnsiConsole.Profile.Width = 200;
}

var library = Path.GetFullPath(args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "library"));
if (!Directory.Exists(library))
{
    AnsiConsole.MarkupLineInterpolated($"[red]There is no folder {library}.[/] Give the path of a folder of text files.");
    return 2;
}

var file = Path.Combine(Path.GetTempPath(), $"workbench-{Guid.NewGuid():N}.db");
var builder = Host.CreateApplicationBuilder();
builder.Logging.AddFilter("Jobs", LogLevel.Critical).AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddSingleton<WordIndex>().AddSingleton<Quarantine>();
builder.Services.AddJobs(jobs => jobs.UseSqlite($"Data Source={file}"));
using (var app = builder.Build())
{
    await app.StartAsync();
    await new Tour(app.Services.GetRequiredService<JobClient>(), app.Services.GetRequiredService<IJobManager>(), app.Services.GetRequiredService<Quarantine>()).RunAsync(library);
    await app.StopAsync();
}

foreach (var part in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
    File.Delete(part);

return 0;
