namespace Jobs.Hosting;

/// <summary>Keeps the ambient state of whoever starts something (its trace, its culture) out of loops and timers that outlive it.</summary>
internal static class AmbientContext
{
    /// <summary>Leaves the ambient state behind until the returned object is disposed, on the same thread.</summary>
    public static IDisposable? Leave() => ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
}
