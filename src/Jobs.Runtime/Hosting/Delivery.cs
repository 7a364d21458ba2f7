using Jobs.Pushing;

namespace Jobs.Hosting;

/// <summary>A queue whose jobs run elsewhere.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Concurrency">How many attempts may be away at a time.</param>
/// <param name="Runner">Makes what runs them.</param>
internal sealed record Delivery(string Queue, int Concurrency, Func<IServiceProvider, IAttemptRunner> Runner);
