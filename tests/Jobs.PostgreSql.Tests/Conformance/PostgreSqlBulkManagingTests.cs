using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests.Conformance;

public sealed class PostgreSqlBulkManagingTests(ServerFixture server) : BulkManagingTests
{
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);
}
