namespace Jobs.Hosting.Tests.Upgrades;

/// <summary>From the second form to the present one; with a service, as a handler has them.</summary>
internal sealed class TransferUpgrader(Journal journal) : IJobInputUpgrader<TransferInputV2, TransferInput>
{
    public TransferInput Upgrade(TransferInputV2 input) =>
        journal is null ? throw new ArgumentNullException(nameof(input)) : new($"DE-{input.Account}", input.Amount);
}
