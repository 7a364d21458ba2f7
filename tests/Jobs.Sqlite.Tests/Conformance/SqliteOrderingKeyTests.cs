using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteOrderingKeyTests : OrderingKeyTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
