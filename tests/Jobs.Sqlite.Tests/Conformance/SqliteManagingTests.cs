using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteManagingTests : ManagingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
