using System.Data.Common;
using Jobs;
using Jobs.Chaos;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

var orders = new Orders();
orders.Listen();

var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = args });
var settings = ChaosSettings.Read(builder.Configuration);
var isSqlite = settings.Storage == "sqlite";
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddSingleton<DbDataSource>(isSqlite ? SqliteFactory.Instance.CreateDataSource(settings.Connection) : NpgsqlDataSource.Create(settings.Connection));
builder.Services.AddSingleton<Audit>();
if (settings.ClockOffset != TimeSpan.Zero)
    builder.Services.AddSingleton<TimeProvider>(new ShiftedTimeProvider(settings.ClockOffset));

builder.Services.AddJobs(jobs =>
{
    if (isSqlite)
        jobs.UseSqlite(settings.Connection);
    else
        jobs.UsePostgreSql(settings.Connection);

    jobs.Worker(worker =>
    {
        worker.Concurrency = settings.Concurrency;
        worker.LeaseDuration = TimeSpan.FromSeconds(2);
        worker.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        worker.PollInterval = TimeSpan.FromMilliseconds(200);
        worker.MaintenanceInterval = TimeSpan.FromMilliseconds(300);
        worker.NoHandlerGrace = settings.NoHandlerGrace;

        // Here workers die far more often than jobs are bad: none shall fail for its workers' deaths.
        worker.MaxTakeovers = 1000;
    });
    if (settings.Enqueues)
        jobs.ClientOnly();
});

using var app = builder.Build();
await app.StartAsync();
await Ticker.ScheduleAsync(app.Services.GetRequiredService<JobClient>(), settings.Schedules);
new Report("started").Say();
if (settings.Enqueues)
{
    var enqueuer = new Enqueuer(app.Services.GetRequiredService<JobClient>(), settings, orders.Stop);
    await enqueuer.PrepareAsync();
    await orders.Go;
    await enqueuer.EnqueueAsync();
}
else
{
    await orders.Stop;
}

await app.StopAsync();
