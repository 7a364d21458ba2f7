namespace Jobs.InMemory;

/// <summary>The streams of one tenant in a lane, or of the jobs without a tenant: those whose first job can be claimed, in its order.</summary>
internal sealed class GatedGroup(string? tenant)
{
    private static readonly Comparer<GatedStream> _order = Comparer<GatedStream>.Create(static (x, y) => ClaimOrder.Instance.Compare(x.ListedBy, y.ListedBy));

    public string? Tenant { get; } = tenant;

    public SortedSet<GatedStream> Open { get; } = new(_order);

    /// <summary>How many streams it has, the closed ones included.</summary>
    public int Streams { get; set; }

    /// <summary>The number of its last turn: who had it longest ago is next.</summary>
    public long Turn { get; set; }

    /// <summary>Its first job when it was listed among the tenants.</summary>
    public JobEntry? ListedBy { get; set; }

    public JobEntry? First => Open.Min?.ListedBy;
}
