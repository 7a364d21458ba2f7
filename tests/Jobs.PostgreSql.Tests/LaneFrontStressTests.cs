using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>The stress tests, with every claim going on from where the one before stopped.</summary>
public sealed class LaneFrontStressTests(ServerFixture server) : StressTests
{
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString) { WalksAreSlow = true };
}
