using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task Middleware_runs_in_its_order_around_the_handler_in_the_scope_of_the_attempt()
    {
        var trail = new Trail();
        await using var host = await StartAsync(trail, static jobs => jobs.Use<Outer>().Use<Inner>());
        Assert.Equal(3, await (await host.Client<int, int>("job").EnqueueAsync(3)).WaitForResultAsync().SoonAsync());
        Assert.Equal(["outer in", "inner in", "handler", "inner out", "outer out"], trail.Steps);
        Assert.Single(trail.Scopes.Distinct());
        Assert.NotSame(host.Services, trail.Scopes[0]);
    }

    [Fact]
    public async Task Middleware_that_does_not_go_on_completes_the_job_without_its_handler()
    {
        var trail = new Trail();
        await using var host = await StartAsync(trail, static jobs => jobs.Use<Stopper>());
        var job = await (await host.Client<int, int>("job").EnqueueAsync(3)).EndAsync();
        Assert.Equal(JobStatus.Completed, job.Status);
        Assert.Null(job.ResultJson);
        Assert.Empty(trail.Steps);
    }

    [Fact]
    public async Task An_exception_of_middleware_fails_the_attempt()
    {
        await using var host = await StartAsync(new Trail(), static jobs => jobs.Use<Thrower>());
        var job = await (await host.Client<int, int>("job").EnqueueAsync(3)).EndAsync();
        Assert.Equal((JobStatus.Failed, "from the middleware", 3), (job.Status, job.Error, job.Attempt));
    }

    [Fact]
    public async Task A_context_of_another_kind_is_refused_with_a_message_that_says_so()
    {
        await using var host = await StartAsync(new Trail(), static jobs => jobs.Use<Swapper>());
        var job = await (await host.Client<int, int>("job").EnqueueAsync(3)).EndAsync();
        Assert.Equal("A middleware passed a JobContext of its own to the next one. Pass the context that it was given.", job.Error);
    }

    private static Task<TestHost> StartAsync(Trail trail, Action<JobsBuilder> configure) => TestHost.StartAsync(
        new TestAssembly().Add<int, int>("job", (input, context, _) => { trail.Add("handler", context); return new(input); }, new JobDefaults { BackoffDelay = "0s" }),
        configure,
        services => services.AddSingleton(trail));

    private sealed class Trail
    {
        public List<string> Steps { get; } = [];

        public List<IServiceProvider> Scopes { get; } = [];

        public void Add(string step, JobContext context)
        {
            Steps.Add(step);
            Scopes.Add(context.Services);
        }
    }

    private sealed class Outer(Trail trail) : IJobMiddleware
    {
        public async ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
        {
            trail.Add("outer in", context);
            await next(context, cancellationToken);
            trail.Add("outer out", context);
        }
    }

    private sealed class Inner(Trail trail) : IJobMiddleware
    {
        public async ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
        {
            trail.Add("inner in", context);
            await next(context, cancellationToken);
            trail.Add("inner out", context);
        }
    }

    private sealed class Stopper : IJobMiddleware
    {
        public ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class Thrower : IJobMiddleware
    {
        public ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) => throw new InvalidOperationException("from the middleware");
    }

    private sealed class Swapper : IJobMiddleware
    {
        public ValueTask InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) => next(null!, cancellationToken);
    }
}
