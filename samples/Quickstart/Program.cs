using Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quickstart;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // For a file or a pipe: no colours, and lines as long as they are.
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    AnsiConsole.Profile.Width = 200;
}

var csv = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "signups.csv");
if (!File.Exists(csv))
{
    AnsiConsole.MarkupLineInterpolated($"[red]There is no file {csv}.[/] Give the path of a CSV file with the columns email, name and plan.");
    return 2;
}

var outbox = Path.GetFullPath("outbox");
var builder = Host.CreateApplicationBuilder();
builder.Logging.AddFilter("Jobs", LogLevel.Error).AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddSingleton(new MailDelivery(outbox));

// Embedded and durable: what is accepted survives a kill of this process. A short lease, so that the next run soon takes over.
builder.Services.AddJobs(jobs => jobs
    .UseSqlite("Data Source=quickstart.db")
    .Worker(worker =>
    {
        worker.LeaseDuration = TimeSpan.FromSeconds(3);
        worker.HeartbeatInterval = TimeSpan.FromSeconds(1);
        worker.MaintenanceInterval = TimeSpan.FromSeconds(1);
    }));

using var app = builder.Build();
await app.StartAsync();
var client = app.Services.GetRequiredService<JobClient>();

// Bad rows are shown, not enqueued.
var valid = new List<SignUp>();
foreach (var row in SignUpFile.Read(csv))
{
    var errors = client.SendWelcomeMail.Validate(row.Mail);
    if (errors.Count == 0)
    {
        valid.Add(row);
    }

    foreach (var error in errors)
    {
        AnsiConsole.MarkupLineInterpolated($"[yellow]line {row.Line}[/] {error.Member}: {error.Message}");
    }
}

// An id named by the address: a second run meets the jobs of the first in place of sending again.
var handles = await client.SendWelcomeMail.EnqueueManyAsync(valid.Select(row => (row.Mail, (EnqueueOptions?)new EnqueueOptions { Id = JobId.From($"welcome:{row.Mail.To}") })));

var outcomes = await SendingProgress.ShowAsync(handles);

var table = new Table().AddColumn("Domain").AddColumn("Delivered", column => column.RightAligned()).AddColumn("Retried", column => column.RightAligned()).AddColumn("Failed", column => column.RightAligned());
foreach (var domain in valid.Zip(outcomes).GroupBy(pair => pair.First.Mail.To[(pair.First.Mail.To.IndexOf('@', StringComparison.Ordinal) + 1)..]).OrderBy(group => group.Key, StringComparer.Ordinal))
{
    table.AddRow(
        Markup.Escape(domain.Key),
        $"{domain.Count(pair => pair.Second.Status == JobStatus.Completed)}",
        $"{domain.Count(pair => pair.Second.Attempt > 1)}",
        $"{domain.Count(pair => pair.Second.Status != JobStatus.Completed)}");
}

AnsiConsole.Write(table);
var delivered = outcomes.Count(job => job.Status == JobStatus.Completed);
AnsiConsole.MarkupLineInterpolated($"{delivered} of {valid.Count} valid rows delivered to {outbox}");
await app.StopAsync();
return delivered == valid.Count ? 0 : 1;
