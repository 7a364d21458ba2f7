namespace Jobs.Hosting.Tests.Upgrades;

/// <summary>As it was before the currency.</summary>
public sealed record TransferInputV2(string Account, decimal Amount);
