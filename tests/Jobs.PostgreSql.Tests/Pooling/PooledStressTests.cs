using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests.Pooling;

/// <inheritdoc cref="PooledOutcomeTests"/>
public sealed class PooledStressTests(ServerFixture server) : StressTests
{
    protected override int JobsPerInserter => 50;

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.PooledConnectionString, server.ConnectionString);
}
