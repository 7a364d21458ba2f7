namespace Jobs.InMemory;

/// <summary>A list through the entries themselves: everything is O(1), and nothing is allocated. A job is in at most one.</summary>
internal sealed class JobEntryList
{
    public JobEntry? First { get; private set; }

    public JobEntry? Last { get; private set; }

    public int Count { get; private set; }

    public void Add(JobEntry entry)
    {
        entry.Previous = Last;
        if (Last is null)
            First = entry;
        else
            Last.Next = entry;

        Last = entry;
        Count++;
    }

    public void Remove(JobEntry entry)
    {
        if (entry.Previous is null)
            First = entry.Next;
        else
            entry.Previous.Next = entry.Next;

        if (entry.Next is null)
            Last = entry.Previous;
        else
            entry.Next.Previous = entry.Previous;

        entry.Previous = null;
        entry.Next = null;
        Count--;
    }
}
