using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests.Conformance;

public sealed class PostgreSqlStepTests(ServerFixture server) : StepTests
{
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);
}
