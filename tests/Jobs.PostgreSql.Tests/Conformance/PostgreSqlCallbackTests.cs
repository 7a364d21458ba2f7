using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests.Conformance;

public sealed class PostgreSqlCallbackTests(ServerFixture server) : CallbackTests
{
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);
}
