using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests.Conformance;

public sealed class PostgreSqlManagingTests(ServerFixture server) : ManagingTests
{
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);
}
