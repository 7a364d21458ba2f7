using System.Text.Json.Serialization.Metadata;
using Jobs.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Runtime.Tests;

/// <summary>An assembly whose jobs are lambdas.</summary>
internal class TestAssembly : JobAssembly
{
    private readonly List<JobDescriptor> _jobs = [];

    public override IJsonTypeInfoResolver Json { get; } = new DefaultJsonTypeInfoResolver();

    public override IReadOnlyList<JobDescriptor> CreateJobs() => _jobs;

    public override void AddClient(IServiceCollection services, string? store)
    {
    }

    public TestAssembly Add(JobDescriptor job)
    {
        _jobs.Add(job);
        return this;
    }

    public TestAssembly Add<TInput, TResult>(string name, JobInvoker<TInput, TResult> handler, JobDefaults? defaults = null) => Add(TestJob.Of(name, handler, defaults));

    /// <summary>A job with an input and no result.</summary>
    public TestAssembly Add<TInput>(string name, Func<TInput, JobContext, CancellationToken, Task> handler, JobDefaults? defaults = null) =>
        Add(TestJob.Of<TInput, JobVoid>(name, (input, context, token) => JobVoid.AfterAsync(new ValueTask(handler(input, context, token))), defaults));

    /// <summary>A job without input and result.</summary>
    public TestAssembly Add(string name, Func<JobContext, CancellationToken, Task> handler, JobDefaults? defaults = null) =>
        Add(TestJob.Of<JobVoid, JobVoid>(name, (_, context, token) => JobVoid.AfterAsync(new ValueTask(handler(context, token))), defaults));
}
