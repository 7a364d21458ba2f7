using System.Globalization;
using Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recurring;

// dotnet run --project samples/Recurring              runs until Ctrl+C; start it twice: each run still happens once
// dotnet run --project samples/Recurring -- 15        runs for 15 seconds
// dotnet run --project samples/Recurring -- preview "every day at 9am" Europe/Berlin
var builder = Host.CreateApplicationBuilder();
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddJobs(jobs => jobs.UseSqlite("Data Source=recurring.db"));

using var app = builder.Build();
var schedules = app.Services.GetRequiredService<IJobSchedules>();
if (args is ["preview", var cron, ..])
{
    foreach (var time in schedules.Preview(cron, args.Length > 2 ? args[2] : null, count: 10))
    {
        Console.WriteLine(time.ToString("ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
    }

    return;
}

await app.StartAsync();

// Made while the application runs: one per customer, say. The same again changes nothing.
var client = app.Services.GetRequiredService<JobClient>();
await client.Report.ScheduleAsync("report-customer-456", "every 10 seconds", new("customer 456"), new()
{
    Overlap = OverlapPolicy.Skip,
    CatchUp = CatchUpPolicy.Once,
    MaxRuns = 1000,
    RunImmediately = true,
    Job = new() { Tags = ["customer-456"] },
});

foreach (var schedule in await schedules.ListAsync())
{
    Console.WriteLine($"{schedule.Id,-22} {schedule.Cron,-20} {schedule.TimeZone ?? "UTC",-18} next {schedule.NextRunAt?.LocalDateTime:yyyy-MM-dd HH:mm:ss}");
}

if (args is [var seconds])
{
    await Task.Delay(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
    await app.StopAsync();
}
else
{
    await app.WaitForShutdownAsync();
}

foreach (var schedule in await schedules.ListAsync())
{
    Console.WriteLine($"{schedule.Id,-22} {schedule.Runs} runs, {schedule.Skipped} skipped, last at {schedule.LastRunAt:O}");
}
