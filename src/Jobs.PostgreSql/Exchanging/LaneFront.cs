namespace Jobs.PostgreSql;

/// <summary>Where a claim stopped in a lane: the key of the last range that it took.</summary>
internal readonly record struct LaneFront(string Name, string Queue, int Rank, DateTime DueAt, long Pack, int Hi) : IComparable<LaneFront>
{
    public int CompareTo(LaneFront other) => (Rank, DueAt, Pack, Hi).CompareTo((other.Rank, other.DueAt, other.Pack, other.Hi));
}
