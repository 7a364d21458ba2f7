using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteFencingTests : FencingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
