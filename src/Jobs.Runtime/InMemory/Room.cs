namespace Jobs.InMemory;

/// <summary>How many more jobs of one name or queue the claim under way may take; shared by the lanes concerned.</summary>
internal sealed class Room
{
    public int Left { get; set; }
}
