namespace Jobs.Hosting.Tests.Stores;

/// <summary>Several stores in one application, each with its own clients, manager and worker.</summary>
public sealed class SeveralStoresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_named_store_keeps_and_runs_its_own_jobs()
    {
        using var file = new TemporaryFile();
        await using var application = await Application.StartAsync(services => services
            .AddJobs(jobs => jobs.UseInMemory())
            .AddJobs("billing", jobs => jobs.UseSqlite(file.ConnectionString)));
        var billing = application.Services.GetRequiredKeyedService<JobClient>("billing");
        Assert.NotSame(application.Jobs, billing);

        var here = await application.Jobs.Tell.EnqueueAsync("a", cancellationToken: Cancellation);
        var there = await billing.Tell.EnqueueAsync("b", cancellationToken: Cancellation);

        Assert.Equal(("other", "billing"), (await here.WaitForResultAsync(Cancellation), await there.WaitForResultAsync(Cancellation)));
        var manager = application.Services.GetRequiredKeyedService<IJobManager>("billing");
        Assert.Null(await application.Manager.GetAsync(there.Id, Cancellation));
        Assert.NotNull(await manager.GetAsync(there.Id, Cancellation));
        Assert.NotEqual(Assert.Single(await manager.ListWorkersAsync(Cancellation)).Id, Assert.Single(await application.Manager.ListWorkersAsync(Cancellation)).Id);
    }

    [Fact]
    public async Task Each_store_has_options_of_its_own()
    {
        await using var application = await Application.StartAsync(services => services
            .AddJobs("billing", jobs => jobs.Queue("default", q => q.MaxAttempts = 7))
            .AddJobs("mail", jobs => jobs.ClientOnly()));

        Assert.Equal(7, application.Services.GetRequiredKeyedService<IJobRegistry>("billing").Get(JobNames.Tell).MaxAttempts);
        Assert.Equal(3, application.Services.GetRequiredKeyedService<IJobRegistry>("mail").Get(JobNames.Tell).MaxAttempts);
        Assert.Empty(await application.Services.GetRequiredKeyedService<IJobManager>("mail").ListWorkersAsync(Cancellation));
        Assert.Null(application.Services.GetService<JobClient>());
    }

    [Fact]
    public void Calls_for_the_same_store_add_up()
    {
        var services = new ServiceCollection().AddJobs("billing", jobs => jobs.ClientOnly());
        var count = services.Count;
        services.AddJobs("billing", jobs => jobs.Queue("default", q => q.MaxAttempts = 9));

        Assert.Equal(count, services.Count);
        using var provider = services.BuildServiceProvider();
        Assert.Equal(9, provider.GetRequiredKeyedService<IJobRegistry>("billing").Get(JobNames.Tell).MaxAttempts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void A_name_that_is_none_is_refused(string store) => Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddJobs(store));
}
