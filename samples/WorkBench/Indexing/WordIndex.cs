using System.Collections.Concurrent;

namespace WorkBench.Indexing;

/// <summary>Which text has which words.</summary>
public sealed class WordIndex
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _texts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Texts => _texts;

    public void Put(string path, IReadOnlyList<string> words) => _texts[path] = words;
}
