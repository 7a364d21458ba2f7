namespace Jobs.InMemory;

/// <summary>The ready jobs of one lane that share a priority, oldest due time first.</summary>
internal sealed class Level(int priority)
{
    public int Priority { get; } = priority;

    public JobEntryList Entries { get; } = new();
}
