using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteBatchTests : BatchTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
