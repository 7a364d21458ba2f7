using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteInsertingTests : InsertingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
