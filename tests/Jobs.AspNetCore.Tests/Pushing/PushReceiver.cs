using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Jobs.AspNetCore.Tests;

/// <summary>A process that keeps no jobs and runs those that are pushed to it.</summary>
internal sealed class PushReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string OldSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private readonly WebApplication _application;

    private PushReceiver(WebApplication application)
    {
        _application = application;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/worker");
    }

    public Uri Address { get; }

    public Script Script => _application.Services.GetRequiredService<Script>();

    public JobClient Jobs => _application.Services.GetRequiredService<JobClient>();

    public static async Task<PushReceiver> StartAsync(Action<JobWorkerOptions>? worker = null, string address = "http://127.0.0.1:0", Action<JobsBuilder>? jobs = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Script>();
        builder.Services.AddSingleton<Gate>();
        builder.Services.AddJobs(setup =>
        {
            setup.WithoutStorage().Worker(static options => options.ShutdownGrace = TimeSpan.Zero);
            jobs?.Invoke(setup);
        });
        var application = builder.Build();
        application.MapJobWorker(options =>
        {
            options.Secrets.Add(Secret);
            options.Secrets.Add(OldSecret);
            worker?.Invoke(options);
        });
        await application.StartAsync(TestService.Cancellation);
        return new PushReceiver(application);
    }

    /// <summary>A service that keeps jobs and pushes those of the queue "pushed".</summary>
    public static Task<TestService> PushingAsync(Uri address, Action<PushOptions>? push = null, string environment = "Development") => TestService.StartAsync(
        jobs: setup => setup.UseInMemory().PushTo("pushed", address, options =>
        {
            options.Secrets.Add(Secret);
            push?.Invoke(options);
        }),
        environment: environment);

    public Task StopAsync() => _application.StopAsync(TestService.Cancellation);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
