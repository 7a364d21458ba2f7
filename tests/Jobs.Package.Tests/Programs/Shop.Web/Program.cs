using Jobs;
using Shop.Billing;

// Statements at the top are in no namespace: of the clients that the libraries have too, the application's own is meant.
using JobClient = Shop.Web.JobClient;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddJobs(jobs => jobs.UseSqlite("Data Source=shop.db"));

await using var app = builder.Build();
app.MapPost("/invoices/{number:int}", async (int number, string to, JobClient jobs, CancellationToken cancellationToken) =>
{
    var outcome = await jobs.SendInvoice.TryEnqueueAsync(new Invoice(number, to), cancellationToken: cancellationToken);
    return outcome.Handle is { } job ? Results.Text(await job.WaitForResultAsync(cancellationToken)) : Results.BadRequest();
});
app.MapPost("/shipments/{number:int}", async (int number, JobClient jobs, CancellationToken cancellationToken) =>
{
    var job = await jobs.Ship.EnqueueAsync(number, cancellationToken: cancellationToken);
    return Results.Text(await job.WaitForResultAsync(cancellationToken));
});
await app.StartAsync();

// Its own first customer, so that a test has only to start it.
using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
foreach (var address in (string[])["/invoices/7?to=ada@example.com", "/shipments/8"])
{
    using var answer = await http.PostAsync(new Uri(address, UriKind.Relative), null);
    Console.WriteLine($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
}

Console.WriteLine(string.Join(' ', app.Services.GetRequiredService<IJobRegistry>().Jobs.Select(job => job.Name).Order(StringComparer.Ordinal)));
await app.StopAsync();
