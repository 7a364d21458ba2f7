using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jobs.Hosting.Tests.Health;

/// <summary>Health checks through the framework's own service.</summary>
public sealed class HealthCheckTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_application_is_healthy()
    {
        await using var application = await StartAsync();
        var entry = await CheckAsync(application);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(1, entry.Data["workers"]);
    }

    [Fact]
    public async Task A_client_without_any_worker_is_unhealthy_unless_that_is_expected()
    {
        await using var alone = await StartAsync(jobs => jobs.ClientOnly());
        Assert.Equal((HealthStatus.Unhealthy, "0 workers are alive; 1 are expected."), await JudgeAsync(alone));
        await using var front = await StartAsync(jobs => jobs.ClientOnly(), options => options.MinimumWorkers = 0);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(front)).Status);
    }

    [Fact]
    public async Task A_job_that_has_been_due_for_too_long_degrades()
    {
        await using var application = await StartAsync(jobs => jobs.Worker(w => w.Queues.Add("other")), options => options.DegradedBacklogAge = TimeSpan.Zero);
        await application.Jobs.Silent.EnqueueAsync(cancellationToken: Cancellation);
        (HealthStatus Status, string? Description) judged;
        do
        {
            judged = await JudgeAsync(application);
        }
        while (judged.Status == HealthStatus.Healthy);

        Assert.Equal(HealthStatus.Degraded, judged.Status);
        Assert.Contains("has been due for", judged.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_that_is_gone_is_unhealthy_and_says_why()
    {
        using var file = new TemporaryFile();
        await using var application = await Application.StartAsync(services =>
        {
            services.AddJobs(jobs => jobs.UseSqlite(file.ConnectionString));
            services.AddHealthChecks().AddJobs();
        });
        file.Execute("DROP TABLE jobs_worker");
        var (status, description) = await JudgeAsync(application);

        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.StartsWith("The storage of jobs cannot be reached:", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_store_has_a_check_of_its_own()
    {
        await using var application = await Application.StartAsync(services =>
        {
            services.AddJobs(jobs => jobs.UseInMemory()).AddJobs("billing", jobs => jobs.ClientOnly());
            services.AddHealthChecks().AddJobs().AddJobs("billing");
        });
        var report = await application.Get<HealthCheckService>().CheckHealthAsync(Cancellation);

        Assert.Equal(HealthStatus.Healthy, report.Entries["jobs"].Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["jobs-billing"].Status);
    }

    private static Task<Application> StartAsync(Action<JobsBuilder>? configure = null, Action<JobHealthCheckOptions>? options = null) => Application.StartAsync(services =>
    {
        services.AddJobs(jobs => configure?.Invoke(jobs.UseInMemory()));
        services.AddHealthChecks().AddJobs(configure: options);
    });

    private static async Task<HealthReportEntry> CheckAsync(Application application) =>
        (await application.Get<HealthCheckService>().CheckHealthAsync(Cancellation)).Entries["jobs"];

    private static async Task<(HealthStatus Status, string? Description)> JudgeAsync(Application application)
    {
        var entry = await CheckAsync(application);
        return (entry.Status, entry.Description);
    }
}
