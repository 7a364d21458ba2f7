namespace Jobs.Hosting.Tests.Upgrades;

/// <summary>As it was at first.</summary>
public sealed class TransferInputV1
{
    public required long AccountNumber { get; init; }

    public int Cents { get; init; }
}
