namespace Jobs;

public abstract partial class JobsBuilder
{
    /// <summary>Changes what becomes of events; see <see cref="IJobEvents"/>.</summary>
    /// <param name="configure">Changes the options.</param>
    public abstract JobsBuilder Events(Action<JobEventOptions> configure);
}
