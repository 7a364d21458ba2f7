using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteLogTests : LogTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
