using Jobs.Storage;

namespace Jobs.PostgreSql;

/// <summary>An outcome with its job's place and its index in the exchange.</summary>
internal readonly record struct PlacedOutcome(int Index, JobPlace Place, JobLease Lease) : IComparable<PlacedOutcome>
{
    public int CompareTo(PlacedOutcome other)
    {
        var order = Lease.Token.CompareTo(other.Lease.Token);
        order = order != 0 ? order : Lease.Nonce.CompareTo(other.Lease.Nonce);
        order = order != 0 ? order : Place.Pack.CompareTo(other.Place.Pack);
        order = order != 0 ? order : Place.Slot.CompareTo(other.Place.Slot);
        return order != 0 ? order : Index.CompareTo(other.Index);
    }

    public bool IsSameJob(PlacedOutcome other) => Lease == other.Lease && Place == other.Place;

    public bool IsFollowedBy(PlacedOutcome other) => Lease == other.Lease && Place.Pack == other.Place.Pack && Place.Slot + 1 == other.Place.Slot;
}
