using System.ComponentModel;

namespace Jobs;

public abstract partial class JobsBuilder
{
    /// <summary>Adds the jobs of a package that declares some of its own, such as the one that delivers callbacks.</summary>
    /// <param name="assembly">The jobs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract JobsBuilder Compose(Metadata.JobAssembly assembly);
}
