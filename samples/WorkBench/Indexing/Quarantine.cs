using System.Collections.Concurrent;

namespace WorkBench.Indexing;

/// <summary>The texts that could not be indexed, with the reason.</summary>
public sealed class Quarantine
{
    private readonly ConcurrentQueue<(string Title, string Reason)> _texts = [];

    public IReadOnlyCollection<(string Title, string Reason)> Texts => _texts;

    public void Add(string title, string reason) => _texts.Enqueue((title, reason));
}
