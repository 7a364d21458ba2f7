using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Execution;

/// <summary>Compiles middleware and handler into one delegate, once per job at start.</summary>
internal static class JobPipeline
{
    public static JobDelegate Compile(IReadOnlyList<Type> middleware, JobDelegate handler)
    {
        var pipeline = handler;
        for (var i = middleware.Count - 1; i >= 0; i--)
        {
            var type = middleware[i];
            var next = pipeline;
            pipeline = (context, cancellationToken) => ((IJobMiddleware)context.Services.GetRequiredService(type)).InvokeAsync(context, next, cancellationToken);
        }

        return pipeline;
    }
}
