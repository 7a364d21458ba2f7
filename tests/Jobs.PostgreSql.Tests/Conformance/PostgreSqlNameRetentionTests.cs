using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests.Conformance;

public sealed class PostgreSqlNameRetentionTests(ServerFixture server) : NameRetentionTests
{
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);
}
