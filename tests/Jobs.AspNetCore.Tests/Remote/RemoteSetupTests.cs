using System.Diagnostics;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>How an application is set up whose jobs a service has, and what it is told when that cannot work.</summary>
public class RemoteSetupTests
{
    private static CancellationToken Cancellation => TestService.Cancellation;

    [Theory]
    [InlineData("worker options (Worker)")]
    [InlineData("a storage")]
    [InlineData("middleware (Use)")]
    [InlineData("queue options (Queue)")]
    [InlineData("limits (Limits)")]
    public async Task What_has_no_effect_in_a_client_is_an_error_at_start(string what)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddJobs(jobs => jobs.UseHttp("http://127.0.0.1:1/jobs"));
        builder.Services.AddJobs(jobs => _ = what switch
        {
            "a storage" => jobs.UseInMemory(),
            "middleware (Use)" => jobs.Use<Nothing>(),
            "queue options (Queue)" => jobs.Queue("q", static queue => queue.MaxAttempts = 3),
            "limits (Limits)" => jobs.Limits(static limits => limits.MaxPayloadBytes = 10),
            _ => jobs.Worker(static worker => worker.Concurrency = 1),
        });
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<JobException>(() => host.StartAsync(Cancellation));

        Assert.Equal(JobErrorCodes.Configuration, exception.Code);
        Assert.Contains($"this application cannot have {what}. Leave it out here", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jobs", "absolute")]
    [InlineData("ftp://example.com/jobs", "http or https")]
    [InlineData("https://user@example.com/jobs", "user name")]
    [InlineData("https://example.com/jobs?x=1", "query")]
    public void An_address_that_cannot_be_one_is_refused(string address, string problem)
    {
        var exception = Assert.Throws<JobException>(() => new ServiceCollection().AddJobs(jobs => jobs.UseHttp(address)));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_out_of_range_is_refused() =>
        Assert.Contains("MaxAttempts", Assert.Throws<JobException>(() => new ServiceCollection().AddJobs(jobs => jobs.UseHttp("https://example.com", options => options.MaxAttempts = 0))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Nothing_runs_in_a_client()
    {
        await using var service = await TestService.StartAsync();
        await using var client = RemoteApplication.Create(service);

        var exception = await Assert.ThrowsAsync<JobException>(async () => await client.GetRequiredService<IJobRunner>().RunDueAsync(Cancellation));

        Assert.Equal(JobErrorCodes.NotSupported, exception.Code);
        Assert.Equal(JobErrorCodes.NotSupported, Assert.Throws<JobException>(() => client.GetRequiredService<IJobManager>().CreateFlow()).Code);
    }

    [Fact]
    public async Task What_the_service_forbids_is_told_with_its_code()
    {
        await using var service = await TestService.StartAsync(api => api.Policy = "submitter");
        await using var nobody = RemoteApplication.Create(service);
        await using var reader = RemoteApplication.Create(service, new UserHandler("anna: reader"));
        await using var submitter = RemoteApplication.Create(service, new UserHandler("anna: submitter"));

        var unauthenticated = await Assert.ThrowsAsync<JobException>(async () => await nobody.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), cancellationToken: Cancellation));
        var forbidden = await Assert.ThrowsAsync<JobException>(async () => await reader.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), cancellationToken: Cancellation));
        var job = await submitter.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), cancellationToken: Cancellation);

        Assert.Equal(("unauthenticated", "forbidden"), (unauthenticated.Code, forbidden.Code));
        Assert.Equal("anna", (await job.GetStatusAsync(Cancellation)).Submitter);
    }

    [Fact]
    public async Task An_address_without_jobs_is_told_as_such()
    {
        await using var service = await TestService.StartAsync();
        var services = new ServiceCollection();
        services.AddJobs(jobs => jobs.UseHttp(new Uri(service.Address, "/elsewhere")));
        await using var client = services.BuildServiceProvider();

        var exception = await Assert.ThrowsAsync<JobException>(async () => await client.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Ada"), cancellationToken: Cancellation));

        Assert.Contains("There are no jobs at", exception.Message, StringComparison.Ordinal);
        Assert.NotNull((await client.GetRequiredService<IJobHealth>().CheckAsync(Cancellation)).StorageError);
    }

    [Fact]
    public async Task A_store_of_an_application_may_be_a_service()
    {
        await using var service = await TestService.StartAsync();
        var services = new ServiceCollection();
        services.AddJobs("remote", jobs => jobs.UseHttp(new Uri(service.Address, "/jobs")));
        services.AddJobs(jobs => jobs.UseInMemory().ClientOnly());
        await using var both = services.BuildServiceProvider();

        await both.GetRequiredKeyedService<JobClient>("remote").Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h" }, Cancellation);
        await both.GetRequiredService<JobClient>().Greet.EnqueueAsync(new("Bob"), new() { Delay = "1h" }, Cancellation);

        Assert.Equal((1, 1), (await service.Manager.CountAsync(new(), Cancellation), await both.GetRequiredService<IJobManager>().CountAsync(new(), Cancellation)));
    }

    [Fact]
    public async Task A_front_end_that_knows_contracts_only_enqueues_and_awaits()
    {
        await using var service = await TestService.StartAsync();
        var directory = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../fixtures/Jobs.Fixtures.Orders.FrontEnd/bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(directory, "Jobs.Fixtures.Orders.FrontEnd.dll"), new Uri(service.Address, "/jobs").ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var frontEnd = Process.Start(start)!;
        var (output, errors) = (frontEnd.StandardOutput.ReadToEndAsync(Cancellation), frontEnd.StandardError.ReadToEndAsync(Cancellation));
        await frontEnd.WaitForExitAsync(Cancellation);

        Assert.True(frontEnd.ExitCode == 0, await errors);
        Assert.Equal(
            ["shipped A-1/1,A-1/2", "ship-order Completed in orders with 3 of 4 attempts", "refused OrderNumber,Parcels", "ASP.NET Core: False"],
            (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("info:", StringComparison.Ordinal) && !line.StartsWith(' ')));
        Assert.DoesNotContain("AspNetCore", await File.ReadAllTextAsync(Path.Combine(directory, "Jobs.Fixtures.Orders.FrontEnd.deps.json"), Cancellation), StringComparison.Ordinal);
    }

    private sealed class Nothing : IJobMiddleware
    {
        public ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) => next(context, cancellationToken);
    }

    private sealed class UserHandler(string user) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add(HeaderAuthentication.Header, user);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
