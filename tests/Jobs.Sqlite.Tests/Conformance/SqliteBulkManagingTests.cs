using Jobs.Storage.Conformance;

namespace Jobs.Sqlite.Tests.Conformance;

public sealed class SqliteBulkManagingTests : BulkManagingTests
{
    protected override StorageHarness CreateHarness() => new SqliteHarness();
}
