using System.Text;
using System.Text.Json;
using Jobs;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddJobs(jobs => jobs.UseInMemory().UseCallbacks(callbacks => callbacks.Secrets.Add("whsec_" + Convert.ToBase64String(new byte[32]))));
builder.Services.AddHealthChecks().AddJobs();

await using var app = builder.Build();
app.MapHealthChecks("/health");
app.MapJobs("/jobs", api => api.AllowAnonymous());
await app.StartAsync();

// Its own first customer, so that a test has only to start it.
using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
Console.WriteLine(await http.GetStringAsync(new Uri("/health", UriKind.Relative)));
foreach (var input in (string[])["""{ "one": 2, "other": 3 }""", """{ "one": 2, "other": 300 }"""])
{
    using var body = new StringContent($$"""{ "input": {{input}} }""", Encoding.UTF8, "application/json");
    using var answer = await http.PostAsync(new Uri("/jobs/submit/add", UriKind.Relative), body);
    Console.WriteLine((int)answer.StatusCode);
    if (answer.Headers.Location is { } location)
    {
        using var ended = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{location}/wait?includeResult=true", UriKind.Relative)));
        Console.WriteLine($"{ended.RootElement.GetProperty("status")} {ended.RootElement.GetProperty("resultJson")}");
    }
}

await app.StopAsync();
