using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests.Pooling;

/// <summary>A core of the suite through pgbouncer in transaction mode, where a session is anybody's from one transaction to the next.</summary>
public sealed class PooledOutcomeTests(ServerFixture server) : OutcomeTests
{
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.PooledConnectionString, server.ConnectionString);
}
