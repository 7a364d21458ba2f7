namespace Jobs.InMemory;

/// <summary>A binary heap of scheduled jobs by due time, then by age. Entries know their index, so that a cancelled one leaves at once.</summary>
internal sealed class ScheduledHeap
{
    private JobEntry[] _items = new JobEntry[16];

    public int Count { get; private set; }

    public JobEntry? First => Count == 0 ? null : _items[0];

    public void Add(JobEntry entry)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Count * 2);

        SiftUp(Count++, entry);
    }

    public void Remove(JobEntry entry)
    {
        var index = entry.HeapIndex;
        var last = _items[--Count];
        _items[Count] = null!;
        if (index == Count)
            return;

        if (index > 0 && IsBefore(last, _items[(index - 1) / 2]))
            SiftUp(index, last);
        else
            SiftDown(index, last);
    }

    /// <summary>All entries, in no order.</summary>
    public ReadOnlySpan<JobEntry> AsSpan() => _items.AsSpan(0, Count);

    private static bool IsBefore(JobEntry left, JobEntry right) =>
        left.At < right.At || (left.At == right.At && left.Sequence < right.Sequence);

    private void SiftUp(int index, JobEntry entry)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!IsBefore(entry, _items[parent]))
                break;

            Put(index, _items[parent]);
            index = parent;
        }

        Put(index, entry);
    }

    private void SiftDown(int index, JobEntry entry)
    {
        while (true)
        {
            var child = (index * 2) + 1;
            if (child >= Count)
                break;

            if (child + 1 < Count && IsBefore(_items[child + 1], _items[child]))
                child++;

            if (!IsBefore(_items[child], entry))
                break;

            Put(index, _items[child]);
            index = child;
        }

        Put(index, entry);
    }

    private void Put(int index, JobEntry entry)
    {
        _items[index] = entry;
        entry.HeapIndex = index;
    }
}
