using System.Globalization;

namespace Jobs.Hosting.Tests.Upgrades;

/// <summary>From the first form to the second.</summary>
public sealed class FirstTransferUpgrader : IJobInputUpgrader<TransferInputV1, TransferInputV2>
{
    public TransferInputV2 Upgrade(TransferInputV1 input) => new(input.AccountNumber.ToString(CultureInfo.InvariantCulture), input.Cents / 100m);
}
