namespace Jobs.InMemory;

/// <summary>The finished jobs of one name that completed, or those that did not, of which only so many are kept.</summary>
/// <param name="max">How many.</param>
internal sealed class FinishedGroup(int max)
{
    public int Count { get; set; }

    public bool IsFull => Count > max;
}
