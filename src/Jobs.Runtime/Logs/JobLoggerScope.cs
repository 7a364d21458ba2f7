namespace Jobs.Logs;

/// <summary>A scope in both logs.</summary>
internal sealed class JobLoggerScope(IDisposable kept, IDisposable? inner) : IDisposable
{
    public void Dispose()
    {
        inner?.Dispose();
        kept.Dispose();
    }
}
