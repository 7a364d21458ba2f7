using System.Text.Json;
using Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Native;

if (JsonSerializer.IsReflectionEnabledByDefault)
    return Say("This is not what a native program is made of.", 3);

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddFilter("Jobs", LogLevel.Critical).AddFilter("Microsoft", LogLevel.Warning);
builder.Configuration.AddInMemoryCollection([new("Jobs:Worker:Concurrency", "4"), new("Jobs:Queues:orders:Timeout", "1m")]);
builder.Services.AddKeyedSingleton<IPrinter>("office", new Printer("office"));
builder.Services.AddScoped<Till>();
builder.Services.AddSingleton<Attempts>();
builder.Services.AddScoped<IJobInputValidator<Order>, NoGiftsToTheOffice>();
builder.Services.AddJobs(jobs =>
{
    // Compiled for every storage; the one that is used needs no server, unless the environment names one.
    jobs.Configure(builder.Configuration.GetSection("Jobs")).Use<CountAttempts>();
    if (Environment.GetEnvironmentVariable("NATIVE_POSTGRES") is { } server)
        jobs.UsePostgreSql(server);
    else
        jobs.UseSqlite("Data Source=native.db");
});

using var app = builder.Build();
await app.StartAsync();
var client = app.Services.GetRequiredService<JobClient>();

// The job of the readme.
var greeting = await (await client.Greet.EnqueueAsync(new("world"), new() { Delay = "10ms", Priority = 10 })).WaitForResultAsync();
Say(greeting.Text);

// Through the storage and back, retried once.
Line[] lines = [new("A-1", 2, 1.50m), new("B-2", 1, 2.25m)];
var order = new Order("ada@example.com", "ada@example.com", lines, new("Main Street 1", "12345"), new() { ["colour"] = "blue" }) { DeliverOn = new(2030, 1, 2) };
var job = await client.PlaceOrder.EnqueueAsync(order, new() { Tags = ["native"], IdempotencyKey = "order-1" });
var receipt = await job.WaitForResultAsync();
Say($"{receipt.Total} {receipt.PrintedBy} {receipt.Attempts} {receipt.Shipping} {string.Join('+', receipt.Skus)}");
var snapshot = await job.GetStatusAsync();
Say($"{snapshot.Status} {string.Join('|', snapshot.Attempts.Select(attempt => attempt.ErrorMessage ?? "-"))}");
Say($"again: {(await client.PlaceOrder.EnqueueAsync(order, new() { IdempotencyKey = "order-1" })).WasDeduplicated}");

// Every problem at once, each with its path. The compiler knows them all, and is told that they are meant.
#pragma warning disable JOB0402
var bad = new Order("nobody", "somebody", [new("", 0, 0)], new("", "1"), new() { ["gift"] = "yes" }, Shipping.Express) { DeliverOn = new(2030, 1, 2) };
Say(string.Join(", ", client.PlaceOrder.Validate(bad).Select(error => $"{error.Member} {error.Rule}").Order(StringComparer.Ordinal)));
foreach (var variant in (Order[])[order with { Lines = [] }, order with { Shipping = Shipping.Express }, order with { Notes = new() { ["gift"] = "yes" } }])
    Say(string.Join(", ", client.PlaceOrder.Validate(variant).Select(error => $"{error.Member}: {error.Message}")));
#pragma warning restore JOB0402

try
{
    await (await client.Sweep.EnqueueAsync()).WaitForCompletionAsync();
}
catch (JobFailedException failure)
{
    Say($"{failure.Reason}: {failure.Job.Error}");
}

Say($"{app.Services.GetRequiredService<IJobRegistry>().Jobs.Count} jobs, {app.Services.GetRequiredService<Attempts>().Count} attempts");
await app.StopAsync();
return 0;

static int Say(string text, int exitCode = 0)
{
    Console.WriteLine(text);
    return exitCode;
}
