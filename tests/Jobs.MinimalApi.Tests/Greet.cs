namespace Jobs.MinimalApi.Tests;

/// <summary>The application's own job.</summary>
[Job]
internal sealed class Greet : IJobHandler<string, string>
{
    public ValueTask<string> HandleAsync(string input, JobContext context, CancellationToken cancellationToken) => new($"Hello {input}");
}
