using System.Diagnostics;
using System.Globalization;
using Jobs;
using Jobs.StartupProgram;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Called with the parent's time stamp from just before it started this process (the clock is the machine's), and with where jobs are
// kept. Without them it counts from here, in memory.
var main = Stopwatch.GetTimestamp();
var (parent, storage) = args is [var stamp, var place] ? (long.Parse(stamp, CultureInfo.InvariantCulture), place) : (main, "memory");
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddJobs(jobs => _ = storage == "memory" ? jobs.UseInMemory() : jobs.UseSqlite($"Data Source={storage}"));
using var app = builder.Build();
var built = Stopwatch.GetTimestamp();
await app.StartAsync();
var started = Stopwatch.GetTimestamp();
var job = await app.Services.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("world"));
var enqueued = Stopwatch.GetTimestamp();
var greeting = await job.WaitForResultAsync();
var done = Stopwatch.GetTimestamp();
if (greeting.Text != "Hello, world")
    return 1;

Console.WriteLine(string.Join(' ', new[] { parent, main, built, started, enqueued }.Zip([main, built, started, enqueued, done], static (from, to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture))));
await app.StopAsync();
return 0;
