using System.Threading.Channels;

namespace Jobs.Hosting.Tests;

/// <summary>What handlers want a test to know.</summary>
public sealed class Journal
{
    private readonly Channel<object> _entries = Channel.CreateUnbounded<object>();

    public void Add(object entry) => _entries.Writer.TryWrite(entry);

    /// <summary>The next entry, however long it takes.</summary>
    public async Task<T> NextAsync<T>() => (T)await _entries.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
