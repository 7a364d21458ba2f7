using System.ComponentModel;

namespace Jobs;

public abstract partial class JobsBuilder
{
    /// <summary>
    /// Leaves storing and running to another process; this one has clients only. For packages; applications call their <c>UseHttp</c>.
    /// What only concerns workers or a storage of one's own is then an error at start.
    /// </summary>
    /// <param name="factory">Makes the way to the other process, once.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract JobsBuilder UseRemote(Func<IServiceProvider, RemoteJobs> factory);
}
