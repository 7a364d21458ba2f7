namespace Jobs.InMemory;

/// <summary>A concurrency key: how many jobs with it are held, and the streams of those that are ready.</summary>
internal sealed class ConcurrencyGate(string key)
{
    /// <summary>Whether none of its jobs may be claimed.</summary>
    public bool IsPaused { get; set; }

    public string Key { get; } = key;

    public int Running { get; private set; }

    /// <summary>The streams with this key, of all lanes.</summary>
    public HashSet<GatedStream> Streams { get; } = [];

    public void Enter() => Change(1);

    public void Leave() => Change(-1);

    private void Change(int by)
    {
        Running += by;
        foreach (var stream in Streams)
            stream.Lane.Relist(stream);
    }
}
