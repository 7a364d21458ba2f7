namespace Jobs.PostgreSql;

/// <summary>Where a claim is to look for jobs.</summary>
/// <param name="Fronts">From where on in each lane and rank; null: everywhere.</param>
/// <param name="IsWide">Whether also in lanes and ranks without a front.</param>
/// <param name="Since">From which due time on for what has become due; null: from the beginning.</param>
/// <param name="IsShort">Whether little is ready, as far as is known, so that it pays to look first whether all of it can be taken.</param>
internal sealed record Look(LaneFront[]? Fronts, bool IsWide, DateTime? Since, bool IsShort = false);
