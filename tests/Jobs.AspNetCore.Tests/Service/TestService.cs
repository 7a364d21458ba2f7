using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Jobs.AspNetCore.Tests;

/// <summary>A service with the API, on a loopback port of its own, with jobs in memory.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestService(WebApplication application)
    {
        _application = application;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _application.Services;

    public Gate Gate => Services.GetRequiredService<Gate>();

    public JobClient Jobs => Services.GetRequiredService<JobClient>();

    public IJobManager Manager => Services.GetRequiredService<IJobManager>();

    /// <summary>Whether anybody listens to events.</summary>
    public bool HasSubscribers => Services.GetRequiredService<Hosting.JobsRuntime>().Events.IsActive;

    public static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public static async Task<TestService> StartAsync(Action<JobsApiOptions>? api = null, Action<JobsBuilder>? jobs = null, string environment = "Production", Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Gate>();
        builder.Services.AddAuthentication(HeaderAuthentication.Scheme).AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>(HeaderAuthentication.Scheme, null);
        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var role in new[] { "reader", "submitter", "operator", "delegate", "own", "mail" })
        {
            authorization.AddPolicy(role, policy => policy.RequireRole(role));
        }

        builder.Services.AddJobs(setup =>
        {
            setup.Worker(worker => worker.PollInterval = TimeSpan.FromMilliseconds(50));
            if (jobs is null)
            {
                setup.UseInMemory();
            }

            jobs?.Invoke(setup);
        });
        configure?.Invoke(builder);
        var application = builder.Build();
        application.MapJobs("/jobs", api ?? (static options => options.AllowAnonymous()));
        await application.StartAsync(Cancellation);
        return new TestService(application);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, string? user = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        }

        if (user is not null)
        {
            request.Headers.Add(HeaderAuthentication.Header, user);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Answer> GetAsync(string path, string? user = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, user, headers);

    public Task<Answer> PostAsync(string path, string? json = null, string? user = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, json, user, headers);

    /// <summary>Submits a job and gives its id.</summary>
    public async Task<string> SubmitAsync(string name, string json, string? user = null)
    {
        var answer = await PostAsync($"/jobs/submit/{name}", json, user);
        Xunit.Assert.True(answer.Status == 201, answer.Body?.ToJsonString());
        return answer.Text("id");
    }

    /// <summary>Waits for what becomes true soon, and tells nobody when.</summary>
    public async Task UntilAsync(Func<TestService, bool> isTrue)
    {
        while (!isTrue(this))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Opened.TrySetResult();
        Http.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}
