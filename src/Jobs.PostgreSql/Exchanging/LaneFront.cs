namespace Jobs.PostgreSql;

/// <summary>Where a claim stopped in a rank of a lane: the key of the last range that it took.</summary>
internal readonly record struct LaneFront(string Name, string Queue, int Rank, DateTime DueAt, long Pack, int Hi) : IComparable<LaneFront>
{
    /// <summary>Compares two of one rank.</summary>
    public int CompareTo(LaneFront other) => (DueAt, Pack, Hi).CompareTo((other.DueAt, other.Pack, other.Hi));

    /// <summary>A front before everything that is due as long before this one.</summary>
    public LaneFront Back(TimeSpan time) => this with { DueAt = DueAt - time, Pack = 0, Hi = 0 };
}
