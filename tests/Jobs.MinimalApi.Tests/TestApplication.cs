using Fixtures.Mail;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Jobs.MinimalApi.Tests;

/// <summary>A web application with job endpoints, on a loopback port of its own.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestApplication(WebApplication application, HttpClient http)
    {
        _application = application;
        Http = http;
    }

    public HttpClient Http { get; }

    public static async Task<TestApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddJobs();
        var application = builder.Build();
        MapEndpoints(application);
        await application.StartAsync();

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new TestApplication(application, new HttpClient { BaseAddress = new Uri(address) });
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
    }

    private static void MapEndpoints(WebApplication application)
    {
        application.MapPost("/greet/{name}", async (string name, JobClient jobs, CancellationToken cancellationToken) =>
        {
            var job = await jobs.Greet.EnqueueAsync(name, cancellationToken: cancellationToken);
            return Results.Text(await job.WaitForResultAsync(cancellationToken));
        });
        application.MapPost("/mail", async (string to, string subject, JobClient jobs, CancellationToken cancellationToken) =>
        {
            var outcome = await jobs.SendEmail.TryEnqueueAsync(new SendEmailInput(to, subject), cancellationToken: cancellationToken);
            return outcome.Handle is { } job
                ? Results.Text((await job.WaitForResultAsync(cancellationToken)).MessageId)
                : Results.BadRequest(string.Join(", ", outcome.Errors.Select(error => error.Member)));
        });
        application.MapPost("/report/{number:int}", async (int number, JobClient jobs, CancellationToken cancellationToken) =>
        {
            var job = await jobs.MakeReport.EnqueueAsync(number, cancellationToken: cancellationToken);
            return Results.Text(await job.WaitForResultAsync(cancellationToken));
        });
    }
}
