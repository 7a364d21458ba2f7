using System.ComponentModel;
using Jobs.Pushing;

namespace Jobs;

public abstract partial class JobsBuilder
{
    /// <summary>
    /// This process keeps no jobs and looks for none: it runs what others push to it (<c>MapJobWorker</c>), and needs no database.
    /// What would need a storage, such as enqueueing, is refused with <see cref="JobErrorCodes.NotSupported"/>; schedules are not planned.
    /// </summary>
    public abstract JobsBuilder WithoutStorage();

    /// <summary>Has the due jobs of a queue run elsewhere. For packages; applications call their <c>PushTo</c>.</summary>
    /// <param name="queue">The queue. The process's own worker leaves it alone.</param>
    /// <param name="concurrency">How many attempts may be away at a time.</param>
    /// <param name="runner">Makes what runs them.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract JobsBuilder Deliver(string queue, int concurrency, Func<IServiceProvider, IAttemptRunner> runner);
}
