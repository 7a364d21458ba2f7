using Jobs;
using Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddJobs(jobs => jobs.UseSqlite("Data Source=worker.db"));
var host = builder.Build();
await host.Services.GetRequiredService<JobClient>().CountDown.EnqueueAsync(3);
await host.RunAsync();
