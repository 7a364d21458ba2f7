using Jobs;

namespace Shop.Web;

/// <summary>The application's own job.</summary>
[Job]
internal sealed class ShipHandler : IJobHandler<int, string>
{
    public ValueTask<string> HandleAsync(int input, JobContext context, CancellationToken cancellationToken) => new($"shipped {input}");
}
