using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteModelTests : ModelTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
